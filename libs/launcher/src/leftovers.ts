import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stopProcesses } from '@parley/engines/process'
import { isAlive } from '@parley/engines/process-identity'
import type { ProcessIdentity } from '@parley/engines/process-identity'

const fileOf = (dataDir: string): string => join(dataDir, 'services.json')

/** Written whenever a process comes or goes: after a kill -9 of the launcher the next one knows what to stop. */
export function noteServices(dataDir: string, identities: readonly ProcessIdentity[]): void {
  const draft = `${fileOf(dataDir)}.draft`
  writeFileSync(draft, JSON.stringify(identities))
  renameSync(draft, fileOf(dataDir))
}

/** Called when the engines' lock is held, so whoever started these is gone. A reused process id is not touched. */
export async function stopLeftovers(dataDir: string): Promise<number> {
  if (!existsSync(fileOf(dataDir))) return 0
  const left = (JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as ProcessIdentity[]).filter(isAlive)
  await stopProcesses(left, 'SIGTERM')
  rmSync(fileOf(dataDir), { force: true })
  return left.length
}
