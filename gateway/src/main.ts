import '@parley/platform/service/start-quickly'
import cluster from 'node:cluster'
import { workersIn } from './workers/workers-in'

// A supervisor loads nothing of the gateway, and a gateway nothing of the supervisor.
const count = workersIn(process.env)
if (cluster.isPrimary && count > 1) void import('./workers/supervise.js').then(({ supervise }) => supervise(count))
else void import('./serve.js').then(({ serve }) => serve())
