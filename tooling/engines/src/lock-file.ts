/** dataDir/engines.lock.json: who started the engines here, and which processes they are. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readClaim, steal, tryClaim } from './claim.ts'
import type { EngineName } from './engine.ts'
import { identityOf, isAlive } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

export interface LockContent {
  launcher: ProcessIdentity
  engines: Partial<Record<EngineName, ProcessIdentity[]>>
}

/** Stops the processes of a killed launcher: it receives only those whose start time still matches. */
export type StopLeftovers = (engine: EngineName, processes: ProcessIdentity[]) => Promise<void>

const lockPath = (dataDir: string): string => join(dataDir, 'engines.lock.json')

export function readLock(dataDir: string): LockContent | null {
  return readClaim<LockContent>(lockPath(dataDir))
}

/** The lock of a dataDir, held from `take` to `release`; every process is recorded as soon as it has been started. */
export class LockFile {
  private readonly dataDir: string
  private readonly content: LockContent

  private constructor(dataDir: string, content: LockContent) {
    this.dataDir = dataDir
    this.content = content
  }

  static async take(dataDir: string, stopLeftovers: StopLeftovers): Promise<LockFile> {
    mkdirSync(dataDir, { recursive: true })
    const content: LockContent = { launcher: identityOf(process.pid), engines: {} }
    for (;;) {
      const claim = tryClaim(lockPath(dataDir), content)
      if (claim.taken) return new LockFile(dataDir, content)
      const { launcher } = claim.holder
      if (isAlive(launcher)) {
        throw new Error(
          `the engines of ${dataDir} already run under process ${launcher.pid}: stop that first, or choose another data folder`,
        )
      }
      await stopAll(claim.holder, stopLeftovers)
      steal(lockPath(dataDir), claim.holder)
    }
  }

  record(engine: EngineName, processes: ProcessIdentity[]): void {
    this.content.engines[engine] = processes
    const draft = `${lockPath(this.dataDir)}.draft`
    writeFileSync(draft, JSON.stringify(this.content, null, 2))
    renameSync(draft, lockPath(this.dataDir))
  }

  release(): void {
    rmSync(lockPath(this.dataDir), { force: true })
  }
}

/** Stops the processes of a launcher that has ended, and removes its lock. */
export async function releaseLeftovers(dataDir: string, stopLeftovers: StopLeftovers): Promise<void> {
  const left = readLock(dataDir)
  if (!left) return
  await stopAll(left, stopLeftovers)
  steal(lockPath(dataDir), left)
}

async function stopAll(content: LockContent, stopLeftovers: StopLeftovers): Promise<void> {
  const engines = Object.entries(content.engines) as [EngineName, ProcessIdentity[]][]
  await Promise.all(
    engines.map(async ([engine, processes]) => {
      const living = processes.filter(isAlive)
      if (living.length > 0) await stopLeftovers(engine, living)
    }),
  )
}
