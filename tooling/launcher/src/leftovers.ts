import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLock } from '@parley/engines/lock-file'
import { stopProcesses } from '@parley/engines/process'
import { isAlive } from '@parley/engines/process-identity'
import type { ProcessIdentity } from '@parley/engines/process-identity'

const fileOf = (dataDir: string): string => join(dataDir, 'services.json')

/** Written whenever a process starts or ends: after a kill -9 of the launcher the next one knows which to stop. */
export function noteServices(dataDir: string, identities: readonly ProcessIdentity[]): void {
  const draft = `${fileOf(dataDir)}.draft`
  writeFileSync(draft, JSON.stringify(identities))
  renameSync(draft, fileOf(dataDir))
}

/**
 * Stops the processes of a killed launcher, and returns their number. A reused process id is not touched. Throws when
 * the launcher of this folder is alive: then nothing is left over.
 */
export async function stopLeftovers(dataDir: string): Promise<number> {
  const launcher = readLock(dataDir)?.launcher
  if (launcher !== undefined && launcher.pid !== process.pid && isAlive(launcher)) {
    throw new Error(
      `Parley already runs from ${dataDir}, under process ${launcher.pid}. Stop it first, or give another folder with --data.`,
    )
  }
  if (!existsSync(fileOf(dataDir))) return 0
  const left = (JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as ProcessIdentity[]).filter(isAlive)
  await stopProcesses(left, 'SIGTERM')
  rmSync(fileOf(dataDir), { force: true })
  return left.length
}
