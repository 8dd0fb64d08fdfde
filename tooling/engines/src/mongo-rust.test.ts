import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fasterMongo } from './doctor.ts'
import type { Machine } from './engine.ts'
import { thisMachine } from './machine.ts'
import { buildRustMeanwhile, rustBuild } from './mongo-rust.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-rust-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A machine whose Cargo is this script; `$ROOT` is where it must install to. */
function machineWith(name: string, cargo: string): Machine {
  const bin = join(folder, name, 'bin')
  mkdirSync(bin, { recursive: true })
  const script = `#!/bin/sh\nwhile [ "$1" != --root ]; do shift; done\nROOT="$2"\n${cargo}\n`
  for (const [tool, text] of Object.entries({ cargo: script, cmake: '', ninja: '' })) {
    writeFileSync(join(bin, tool), text)
    chmodSync(join(bin, tool), 0o755)
  }
  const path = ['/usr/bin', '/bin'].join(delimiter)
  const machine = thisMachine({ PATH: `${bin}${delimiter}${path}`, PARLEY_CACHE: join(folder, name, 'cache') })
  return { ...machine, which: (program) => (program === 'mongod' ? null : machine.which(program)) }
}

it('builds at the lowest priority, and the doctor follows', async () => {
  const go = join(folder, 'go')
  const machine = machineWith(
    'builds',
    `while [ ! -e ${go} ]; do sleep 0.02; done; mkdir -p "$ROOT/bin"; nice > "$ROOT/bin/secantusd-rs"`,
  )
  expect(fasterMongo(machine).text).toContain('in the background of `npm start`')
  const building = buildRustMeanwhile(machine, new AbortController().signal, () => undefined)
  while (!fasterMongo(machine).text.includes('being built now')) await pause(5)
  writeFileSync(go, '')
  await building
  expect(readFileSync(String(rustBuild(machine)?.command), 'utf8').trim()).toBe('19')
  expect(fasterMongo(machine).text).toContain('is built')
})

it('ends with Parley, and leaves no partial result', async () => {
  const begun = join(folder, 'begun')
  const machine = machineWith('ends', `echo $$ > ${begun}; exec sleep 60`)
  const stopped = new AbortController()
  const said: string[] = []
  const building = buildRustMeanwhile(machine, stopped.signal, (line) => said.push(line))
  while (!existsSync(begun)) await pause(5)
  stopped.abort()
  await building
  expect(rustBuild(machine)).toBeNull()
  expect(said.join('\n')).not.toContain('could not be built')
  expect(machine.list(machine.cache)).toEqual([])
})

it('reports a failed build with its reason', async () => {
  const said: string[] = []
  const machine = machineWith('fails', 'echo "error: no space left" >&2; exit 1')
  await buildRustMeanwhile(machine, new AbortController().signal, (line) => said.push(line))
  expect(said.join('\n')).toContain('no space left')
})
