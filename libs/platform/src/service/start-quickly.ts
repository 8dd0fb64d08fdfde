import { flushCompileCache, setSourceMapsSupport } from 'node:module'

// The first import of a service's main.ts: it affects what is loaded after it.

// Stacks show our sources. Those of packages stay as published: reading all of their maps takes a tenth of the start
// time.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })

/** Writing takes part of a second after an update, and nothing when everything is cached already. */
const writeAfterMs = 5_000
// Node writes the cache only at a normal exit, so a start after kill -9 would compile everything again.
setTimeout(flushCompileCache, writeAfterMs).unref()
