/**
 * The faster server of MongoDB's protocol: SecantusDB's Rust build, compiled from source where a compiler is present.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { inCache, run } from './cache.ts'
import { isHeld } from './claim.ts'
import type { Machine, Program } from './engine.ts'
import { messageOf } from './process.ts'
import { pinned } from './versions.ts'

export const rustFlavour = 'secantus-rust'
const folder = `secantusd-rs-${pinned.secantusRust}`

/**
 * Synced at every commit: an acknowledged write must survive a crash, as with mongod's journal. Standalone: without an
 * oplog, which nothing here reads. At its bound of 100,000 entries pruning blocked the Python server for ever; and a
 * driver sends no retryable writes to a standalone server, whose list of them each write would scan.
 */
export const serverFlags = ['--host', '127.0.0.1', '--sync-on-commit', '--standalone']

export function rustBuild(machine: Machine): Program | null {
  const command = join(machine.cache, folder, 'bin', 'secantusd-rs')
  if (!machine.exists(command)) return null
  const label = `SecantusDB ${pinned.secantusRust} in Rust (cache)`
  return { command, args: [...serverFlags, '--cache-size', '512M'], label, flavour: rustFlavour }
}

export function rustObstacle(machine: Machine): string | null {
  const lacking = ['cargo', 'cmake', 'ninja'].filter((tool) => !machine.which(tool))
  return lacking.length === 0 ? null : `${lacking.join(', ')} needed (Debian: apt-get install cargo cmake ninja-build)`
}

/** Whether a living process builds it now. */
export function isBeingBuilt(machine: Machine): boolean {
  return isHeld(join(machine.cache, `${folder}.lock`))
}

/**
 * Builds the faster server; from then on `locate` finds it. An interrupted build is continued from its compiled parts.
 */
export async function buildRust(
  machine: Machine,
  report: (line: string) => void,
  { nice = 0, signal }: { nice?: number; signal?: AbortSignal } = {},
): Promise<void> {
  report(`building secantusd-rs ${pinned.secantusRust} with Cargo, about six minutes on two cores`)
  const compiled = join(machine.cache, `${folder}.target`)
  const install = (draft: string) => {
    const version = ['--version', pinned.secantusRust, '--ignore-rust-version', '--target-dir', compiled]
    const cargo = ['cargo', 'install', 'secantus-mdb', ...version, '--root', draft]
    const options = { env: { PATH: machine.env['PATH'] ?? '' }, ...(signal === undefined ? {} : { signal }) }
    return run('nice', ['-n', String(nice), ...cargo], draft, options)
  }
  await inCache(machine, folder, install, signal)
  rmSync(compiled, { recursive: true, force: true })
}

/** At the lowest priority, while Parley runs on the slower server; the next start moves the data and uses it. */
export async function buildRustMeanwhile(
  machine: Machine,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const isWanted = !machine.which('mongod') && machine.env['PARLEY_BACKGROUND_BUILD'] !== 'never'
  if (!isWanted || rustBuild(machine) || rustObstacle(machine)) return
  try {
    await buildRust(machine, (line) => say(`mongo    in the background, for the next start: ${line}`), {
      nice: 19,
      signal,
    })
    say('mongo    the faster server is built; the next start moves the data to it')
  } catch (error) {
    if (!signal.aborted)
      say(`mongo    the faster server could not be built, which changes nothing: ${messageOf(error)}`)
  }
}
