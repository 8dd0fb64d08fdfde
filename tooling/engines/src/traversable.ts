/** PostgreSQL refuses to run as root; as root it runs under another uid, which must be able to read its files. */
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** "nobody", on Linux and macOS alike. */
export const unprivileged = { uid: 65534, gid: 65534 }

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Whether all users may enter this folder and every folder above it; a missing folder counts as enterable. */
export function isTraversable(path: string): boolean {
  const folder = resolve(path)
  const open = !existsSync(folder) || (statSync(folder).mode & 0o001) !== 0
  return open && (folder === dirname(folder) || isTraversable(dirname(folder)))
}

/** The folder itself, or as root a replacement that all users can reach: /root is closed to other users. */
export function reachable(path: string): string {
  return isRoot() && !isTraversable(path) ? standIn(path) : path
}

/** The replacement for `path` below the system's temporary folder, the same at every call. */
function standIn(path: string): string {
  const folder = join(tmpdir(), `parley-root-${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 12)}`)
  mkdirSync(folder, { recursive: true })
  const found = lstatSync(folder)
  // Any user can create this name in a shared folder; only a folder of our own may hold programs and data.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user`)
  chmodSync(folder, 0o755)
  return folder
}

/** The programs in `folder`, copied to a place that all users can reach, unless they are there already. */
export function reachableCopy(folder: string): string {
  if (!isRoot() || isTraversable(folder)) return folder
  const copy = join(standIn(folder), 'copy')
  if (existsSync(copy)) return copy
  const draft = mkdtempSync(`${copy}.tmp-`)
  try {
    cpSync(folder, join(draft, 'copy'), { recursive: true, verbatimSymlinks: true })
    renameSync(join(draft, 'copy'), copy)
  } catch (error) {
    // Another process may have been faster; its copy is as good.
    if (!existsSync(copy)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return copy
}

/** A folder that the unprivileged user owns. */
export function ownedFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (isRoot()) chownSync(folder, unprivileged.uid, unprivileged.gid)
  return folder
}
