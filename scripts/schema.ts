import { parseArgs } from 'node:util'
import { build } from '@parley/launcher/build'
import { disagreeing, undescribed } from '@parley/schema/descriptions'
import { readRoverConfig } from '@parley/schema/rover-config'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const say = (line: string) => process.stdout.write(`${line}\n`)

await build({ web: false, onProgress: say })
// After the build: it imports the contracts that were built.
const { differing, generate, write } = await import('@parley/schema/generate')
const generated = await generate()
const silent = [...generated]
  .filter(([path]) => path.endsWith('.graphql'))
  .flatMap(([path, sdl]) => undescribed(sdl).map((at) => `${path}: ${at}`))
const disputed = disagreeing(readRoverConfig().flatMap(({ file }) => generated.get(file) ?? []))
const stale = differing(generated)
if (!values.check) write(generated)
for (const place of silent) say(`has no description: ${place}`)
for (const place of disputed) say(`is described differently by two subgraphs: ${place}`)
for (const path of stale) say(values.check ? `differs from the code: ${path} (run npm run schema)` : `written: ${path}`)
if (silent.length + disputed.length > 0 || (values.check && stale.length > 0)) process.exitCode = 1
else say('schema/ is what the code says, and everything in it is described.')
