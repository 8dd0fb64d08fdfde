import { build } from '@parley/launcher/build'

const say = (line: string) => process.stdout.write(`${line}\n`)

await build({ web: false, onProgress: say })
// After the build: it imports the library that was built.
const { checkWithLastRelease } = await import('@parley/schema/last-release')
const { faults, notes } = await checkWithLastRelease(new Date().toISOString().slice(0, 10))
for (const note of notes) say(`note: ${note}`)
for (const fault of faults) say(fault)
if (faults.length > 0) process.exitCode = 1
else say('Clients of the last release go on with this schema, or it is declared why not.')
