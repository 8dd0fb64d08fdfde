import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

// Writes the service worker of this build beside the files that it keeps on the device.
const root = join(import.meta.dirname, '..')
const built = join(root, '.next')

/** All scripts and styles, so that nothing needs the server later; of the fonts those of the text. */
const isOfShell = (file) => /\.(js|css)$/.test(file) || /media\/(inter|newsreader)[^/]*\.woff2$/.test(file)

const files = readdirSync(join(built, 'static'), { recursive: true })
  .map((file) => file.replaceAll('\\', '/'))
  .filter(isOfShell)
  .toSorted()

const shell = [
  { url: '/', revision: readFileSync(join(built, 'BUILD_ID'), 'utf8') },
  // Their names are hashes.
  ...files.map((file) => ({ url: `/_next/static/${file}`, revision: null })),
]

await build({
  entryPoints: [join(root, 'service-worker/service-worker.ts')],
  outfile: join(built, 'standalone/web/public/service-worker.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  define: { SHELL: JSON.stringify(shell), 'process.env.NODE_ENV': '"production"' },
})
