import { join, resolve } from 'node:path'
import type { Addresses } from './addresses.ts'
import { dockerAnswers, inDocker, removeFromDocker } from './docker.ts'
import { defaultEngines } from './engine.ts'
import type { EngineName, Machine } from './engine.ts'
import { EngineSet } from './engine-set.ts'
import { LockFile } from './lock-file.ts'
import { thisMachine } from './machine.ts'
import { messageOf } from './process.ts'
import { engineByName } from './registry.ts'

export interface StartOptions {
  /** Data, logs, remembered ports and the lock file; one launcher at a time. */
  dataDir: string
  only?: EngineName[]
  onProgress?: (line: string) => void
  /** Delete the data at stop. Durability settings stay real. */
  ephemeral?: boolean
  /** Where addresses of external engines are read from; process.env by default. */
  env?: Machine['env']
  /** Aborts the start: started engines are stopped, and the promise rejects. */
  signal?: AbortSignal
}

export interface Engines {
  addresses: Addresses
  /** Which program is used, for display: benches and tests print it with their results. */
  readonly labels: Partial<Record<EngineName, string>>
  /** The processes here: empty for external engines and for those in Docker. */
  readonly pids: Record<EngineName, number[]>
  stop: () => Promise<void>
  stopEngine: (name: EngineName) => Promise<void>
  /** SIGKILL, as a crash would. */
  killEngine: (name: EngineName) => Promise<void>
  /** On the same ports and data. */
  restartEngine: (name: EngineName) => Promise<void>
  /**
   * Rejects unless the engine, which was started here, is ready now: all nodes of Redis, not only the one that answers.
   */
  ready: (name: EngineName) => Promise<void>
  /** Until the signal: restarts engines that died or hang, on the same ports and data. */
  keepUp: (signal: AbortSignal, say: (line: string) => void) => Promise<void>
}

const composeFile = join(import.meta.dirname, '..', '..', '..', 'docker', 'docker-compose.yml')

/** Starts the engines concurrently, each located or fetched first; if one fails, those already started are stopped. */
export async function startEngines(options: StartOptions): Promise<Engines> {
  const { only = [...defaultEngines], ephemeral = false, onProgress = () => undefined } = options
  const dataDir = resolve(options.dataDir)
  const machine = thisMachine(options.env)
  const docker = await dockerAnswers(machine)
  const lock = await LockFile.take(dataDir, (engine, leftovers) => {
    onProgress(`${engine.padEnd(8)} stopping what a killed launcher left running`)
    return engineByName(engine).stop(leftovers)
  })
  const find = (name: EngineName) => (docker ? inDocker(name, composeFile, dataDir) : engineByName(name))
  const set = new EngineSet({ dataDir, machine, lock, find, onProgress })
  const stop = async () => {
    await set.stop()
    if (ephemeral && docker) await removeFromDocker(composeFile, dataDir)
    if (ephemeral) set.deleteData()
    lock.release()
  }
  try {
    await unlessAborted(bringAll(set, only), options.signal)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    addresses: set.addresses(),
    labels: set.labels(),
    get pids() {
      return set.pids()
    },
    stop,
    stopEngine: (name) => set.stopEngine(name, 'clean'),
    killEngine: (name) => set.stopEngine(name, 'kill'),
    restartEngine: (name) => set.restart(name),
    ready: (name) => set.ready(name),
    keepUp: (signal, say) => set.keepUp(signal, say),
  }
}

/** Reports all failures at once, so that they can be fixed together. */
async function bringAll(set: EngineSet, names: EngineName[]): Promise<void> {
  const outcomes = await Promise.allSettled(names.map((name) => set.bring(name)))
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [messageOf(outcome.reason)] : []))
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work
  return new Promise((done, fail) => {
    const abort = () => fail(new Error('interrupted while starting the engines'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(done, fail)
  })
}
