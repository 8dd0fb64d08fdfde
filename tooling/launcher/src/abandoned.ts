import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readLock, releaseLeftovers } from '@parley/engines/lock-file'
import { isAlive } from '@parley/engines/process-identity'
import { engineByName } from '@parley/engines/registry'
import { stopLeftovers } from './leftovers.ts'

/**
 * Stops and deletes what killed tests left below `parent`: folders named `prefix…` that contain, directly or one level
 * down, the lock of a launcher that has ended. No launcher will start from such a folder again. Returns how many.
 */
export async function sweepAbandoned(parent: string, prefix: string): Promise<number> {
  const folders = readdirSync(parent).filter((name) => name.startsWith(prefix))
  // Inner folders first: deleting the outer folder would delete the process list of the inner one.
  const places = folders.flatMap((name) => [...within(join(parent, name)), join(parent, name)])
  const abandoned = places.filter(isAbandoned)
  for (const dataDir of abandoned) {
    await stopLeftovers(dataDir)
    await releaseLeftovers(dataDir, (engine, processes) => engineByName(engine).stop(processes))
    rmSync(dataDir, { recursive: true, force: true })
  }
  return abandoned.length
}

function isAbandoned(dataDir: string): boolean {
  const lock = readLock(dataDir)
  return lock !== null && !isAlive(lock.launcher)
}

/** Empty when the owner has just deleted it. */
function within(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(folder, entry.name)] : [],
  )
}
