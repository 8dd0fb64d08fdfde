/**
 * Bundles the gateway and its planning process into one file each, after `nest build`. Two thirds of the start time went
 * into resolving and opening 1,900 modules, and after a crash all clients wait for that start.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const dist = join(import.meta.dirname, 'dist')

/** Loaded by name at run time: left out on purpose, native, or not needed at start. */
const external = [
  '@apollo/subgraph',
  '@as-integrations/express5',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@graphql-hive/router-query-planner',
  '@graphql-yoga/render-graphiql',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer',
  'class-validator',
  'ts-morph',
]

/** A source map of all packages takes megabytes, and the first error with a stack would wait until it is read. */
const mapOnlyOurs = {
  name: 'map-only-ours',
  setup({ onLoad }) {
    const oneLine = '{"version":3,"sources":["package"],"sourcesContent":[""],"mappings":"AAAA"}'
    const empty = Buffer.from(oneLine).toString('base64')
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${empty}`,
      loader: 'default',
    }))
  },
}

/** Zod loads its messages in fifty languages, a twentieth of the time in which this bundle loads. */
const oneLanguage = {
  name: 'one-language',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.cjs$/ }, () => ({
      contents: 'exports.en = require("./en.cjs").default',
      loader: 'js',
    }))
  },
}

/** What the gateway package has for reporting to Apollo, which needs a class of it that is not used here. */
const withoutReporting = {
  name: 'without-reporting',
  setup({ onResolve, onLoad }) {
    const reporting =
      /^(@opentelemetry\/(sdk-metrics|resources|exporter-metrics-otlp-http|resource-detector-[\w-]+)|node-cpu-count)$/
    onResolve({ filter: reporting }, ({ importer }) =>
      importer.includes('@apollo/gateway') ? { path: 'nothing', namespace: 'left-out' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
  },
}

await build({
  entryPoints: [join(dist, 'main.js'), join(dist, 'documents', 'planning.worker.js')],
  entryNames: '[name]',
  outdir: dist,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  keepNames: true,
  // A third of the bytes to read at a start, and 20 MB of memory with the other languages.
  minifyWhitespace: true,
  sourcemap: true,
  external,
  plugins: [withoutReporting, oneLanguage, mapOnlyOurs],
  // ES modules read `import.meta.url` to find their own files.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href" },
  logLevel: 'warning',
})
