import { flushCompileCache, setSourceMapsSupport } from 'node:module'

// The first import of a service's main.ts: it is about what is loaded after it.

// Stacks name our sources. Those of packages stay as published: reading all of their maps takes a tenth of a start.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })

/** Writing takes a part of a second once after an update, and nothing as long as all has been written before. */
const writeAfterMs = 5_000
// Only a process that ends in peace would write it, so that a start after kill -9 would compile everything anew.
setTimeout(flushCompileCache, writeAfterMs).unref()
