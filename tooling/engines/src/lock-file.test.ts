import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exclusively } from './claim.ts'
import type { EngineName } from './engine.ts'
import { LockFile, readLock, releaseLeftovers } from './lock-file.ts'
import { stopProcesses } from './process.ts'
import { identityOf, isAlive } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

const nobody: ProcessIdentity = { pid: 4_000_000, startTime: '1' }
let dataDir: string
let children: ChildProcess[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-lock-'))
})

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(dataDir, { recursive: true })
})

async function startChild(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  children.push(child)
  await once(child, 'spawn')
  return identityOf(child.pid ?? 0)
}

function leave(launcher: ProcessIdentity, engines: Record<string, ProcessIdentity[]>): void {
  writeFileSync(join(dataDir, 'engines.lock.json'), JSON.stringify({ launcher, engines }))
}

/** Really stops processes and records what it was asked to stop. */
function recorder() {
  const asked: [EngineName, number[]][] = []
  const stop = (engine: EngineName, processes: ProcessIdentity[]) => {
    asked.push([engine, processes.map(({ pid }) => pid)])
    return stopProcesses(processes, 'SIGTERM')
  }
  return { asked, stop }
}

const nothing = () => Promise.reject(new Error('nothing should be stopped'))

describe('the lock file', () => {
  it('is taken, written to and released', async () => {
    const lock = await LockFile.take(dataDir, nothing)
    lock.record('kafka', [nobody])
    expect(readLock(dataDir)).toEqual({ launcher: identityOf(process.pid), engines: { kafka: [nobody] } })
    lock.release()
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('refuses while its launcher lives', async () => {
    leave(await startChild(), {})
    await expect(LockFile.take(dataDir, nothing)).rejects.toThrow('already run under process')
  })

  it('stops the processes of a killed launcher and is then taken over', async () => {
    const left = await startChild()
    leave(nobody, { redis: [left, nobody], kafka: [nobody] })
    const { asked, stop } = recorder()
    await LockFile.take(dataDir, stop)
    expect(asked).toEqual([['redis', [left.pid]]])
    expect(isAlive(left)).toBe(false)
    expect(readLock(dataDir)).toEqual({ launcher: identityOf(process.pid), engines: {} })
  })

  it('does not touch a process that only reuses a process id of ours', async () => {
    const stranger = await startChild()
    leave({ ...identityOf(process.pid), startTime: 'other' }, { redis: [{ ...stranger, startTime: '1' }] })
    await LockFile.take(dataDir, nothing)
    expect(isAlive(stranger)).toBe(true)
  })

  it('is taken by one of several that find it orphaned at the same time', async () => {
    leave(nobody, {})
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => LockFile.take(dataDir, nothing)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('is removed by `stop`, with its processes', async () => {
    const left = await startChild()
    leave(nobody, { mongo: [left] })
    await releaseLeftovers(dataDir, recorder().stop)
    expect(isAlive(left)).toBe(false)
    expect(readLock(dataDir)).toBeNull()
  })

  it('reports what to do when it cannot be read', async () => {
    writeFileSync(join(dataDir, 'engines.lock.json'), '{')
    await expect(LockFile.take(dataDir, nothing)).rejects.toThrow('delete it')
  })
})

describe('exclusively', () => {
  it('runs one after the other, and takes over from a dead holder', async () => {
    const path = join(dataDir, 'fetch.lock')
    writeFileSync(path, JSON.stringify({ launcher: nobody }))
    let inside = 0
    const work = async () => {
      inside += 1
      expect(inside).toBe(1)
      await new Promise(setImmediate)
      inside -= 1
    }
    await Promise.all([exclusively(path, work), exclusively(path, work), exclusively(path, work)])
    expect(existsSync(path)).toBe(false)
  })

  it('stops waiting for a living holder at the signal', async () => {
    const path = join(dataDir, 'fetch.lock')
    const stopped = new AbortController()
    const held = exclusively(path, async () => {
      const waiting = exclusively(path, () => Promise.resolve('ran'), stopped.signal)
      stopped.abort()
      await expect(waiting).rejects.toThrow('aborted')
    })
    await held
    expect(existsSync(path)).toBe(false)
  })

  it('releases the lock when the work fails', async () => {
    const path = join(dataDir, 'fetch.lock')
    await expect(exclusively(path, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
    expect(existsSync(path)).toBe(false)
  })
})
