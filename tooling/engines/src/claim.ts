/** A lock file that one living process holds at a time; the file of a killed process is detected and taken over. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { identityOf, isAlive } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

export interface ClaimContent {
  launcher: ProcessIdentity
}

export type Claim<Content> = { taken: true } | { taken: false; holder: Content }

let attempts = 0

/** Takes the file, or returns its holder: if the holder is dead, `steal` removes the file for the next attempt. */
export function tryClaim<Content extends ClaimContent>(path: string, content: Content): Claim<Content> {
  const draft = `${path}.${process.pid}.${attempts++}`
  writeFileSync(draft, JSON.stringify(content, null, 2))
  try {
    // Unlike open(O_EXCL) and write, a link appears with its content or not at all.
    linkSync(draft, path)
    return { taken: true }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const holder = readClaim<Content>(path)
    return holder ? { taken: false, holder } : tryClaim(path, content)
  } finally {
    rmSync(draft, { force: true })
  }
}

export function readClaim<Content extends ClaimContent>(path: string): Content | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Content
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`the lock file ${path} is not readable; if nothing runs from it, delete it`, { cause: error })
  }
}

/** Whether a living process has the file. */
export function isHeld(path: string): boolean {
  const holder = readClaim(path)
  return holder !== null && isAlive(holder.launcher)
}

/** Removes a dead holder's file. Of several callers one succeeds; the claim of a living process is restored. */
export function steal(path: string, dead: ClaimContent): void {
  const aside = `${path}.${process.pid}.stale`
  try {
    renameSync(path, aside)
    const moved = readClaim(aside)
    if (moved && JSON.stringify(moved.launcher) !== JSON.stringify(dead.launcher)) linkSync(aside, path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * Runs the work while no other process runs work under the same path; waits while the holder lives, or until the
 * signal.
 */
export async function exclusively<T>(path: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const claim = tryClaim(path, { launcher: identityOf(process.pid) })
    if (claim.taken) break
    if (isAlive(claim.holder.launcher)) await pause(100, undefined, { signal })
    else steal(path, claim.holder)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
