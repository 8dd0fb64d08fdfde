/** Process ids are reused; an id together with its start time identifies a process. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessIdentity {
  pid: number
  /** Opaque: clock ticks since boot on Linux, a date elsewhere. Null when it had ended before it could be read. */
  startTime: string | null
}

interface Status {
  parent: number
  startTime: string
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: readStatus(pid)?.startTime ?? null }
}

export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return startTime !== null && readStatus(pid)?.startTime === startTime
}

/** Signals the process if it is still the same one; returns whether it was. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false
  try {
    process.kill(identity.pid, name)
    return true
  } catch {
    return false
  }
}

/** All descendants: PostgreSQL's workers outlive a SIGKILL of their parent for a moment. */
export function descendantsOf(pid: number): ProcessIdentity[] {
  const all = listProcesses().flatMap((id) => ({ pid: id, status: readStatus(id) }))
  const below = (parent: number): ProcessIdentity[] =>
    all
      .filter(({ status }) => status?.parent === parent)
      .flatMap((child) => [{ pid: child.pid, startTime: child.status?.startTime ?? null }, ...below(child.pid)])
  return below(pid)
}

function listProcesses(): number[] {
  if (process.platform === 'linux') return readdirSync('/proc').map(Number).filter(Number.isInteger)
  return ps(['-A', '-o', 'pid=']).split('\n').map(Number)
}

function readStatus(pid: number): Status | null {
  return process.platform === 'linux' ? readProc(pid) : readPs(pid)
}

/** A zombie counts as ended: in a container it may never be reaped. */
function readProc(pid: number): Status | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in parentheses and may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return { parent: Number(fields[1]), startTime: String(fields[19]) }
  } catch {
    return null
  }
}

function readPs(pid: number): Status | null {
  const [parent, state, ...started] = ps(['-o', 'ppid=,state=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/)
  if (!parent || state?.startsWith('Z')) return null
  return { parent: Number(parent), startTime: started.join(' ') }
}

function ps(args: string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8' })
  } catch {
    return ''
  }
}
