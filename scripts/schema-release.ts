import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '@parley/launcher/build'
import { root } from '@parley/launcher/workspace'

const say = (line: string) => process.stdout.write(`${line}\n`)
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

await build({ web: false, onProgress: say })
// After the build: it imports the library that was built.
const { checkWithLastRelease, release } = await import('@parley/schema/last-release')
const { faults } = await checkWithLastRelease(new Date().toISOString().slice(0, 10))
try {
  release(root, version, faults)
  say(`schema/released/ is the schema of ${version}. Delete the documents of releases that nobody runs any more.`)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
