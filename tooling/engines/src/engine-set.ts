import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { collectAddresses } from './addresses.ts'
import type { Addresses } from './addresses.ts'
import type { EngineName, Home, Machine, Program } from './engine.ts'
import type { LockFile } from './lock-file.ts'
import { rememberedPorts, stillFreePorts } from './ports.ts'
import { keepUp } from './keep-up.ts'
import { messageOf, startProcess, untilReady } from './process.ts'
import type { ManagedProcess, StopMode } from './process.ts'
import { isAlive } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { engines } from './registry.ts'
import type { AnyEngine } from './registry.ts'
import { reachable } from './traversable.ts'

export interface EngineSetOptions {
  dataDir: string
  machine: Machine
  lock: LockFile
  find: (name: EngineName) => AnyEngine
  onProgress: (line: string) => void
}

interface Member {
  /** Null for an external engine given by its address: it is used and never stopped. */
  program: Program | null
  address: string | string[]
  processes: Spawned[]
}

interface Spawned {
  process: ManagedProcess
  /** Spawns the process again with the same options. */
  again: () => ManagedProcess
}

const RESTART_DEADLINE_MS = 15_000

/** The engines of one dataDir: runs the steps of each and keeps the lock file up to date. */
export class EngineSet {
  private readonly members = new Map<EngineName, Member>()
  private readonly options: EngineSetOptions
  private isStopping = false

  constructor(options: EngineSetOptions) {
    this.options = options
  }

  async bring(name: EngineName): Promise<void> {
    try {
      await this.locateAndStart(name)
    } catch (error) {
      throw new Error(`${name}: ${messageOf(error)}`, { cause: error })
    }
  }

  addresses(): Addresses {
    return collectAddresses(new Map([...this.members].map(([name, { address }]) => [name, address])))
  }

  labels(): Partial<Record<EngineName, string>> {
    const labelled = [...this.members].map(([name, { program }]) => [name, program?.label ?? 'given by an address'])
    return Object.fromEntries(labelled) as Partial<Record<EngineName, string>>
  }

  pids(): Record<EngineName, number[]> {
    const pidsOf = (name: EngineName) => this.identities(name).map(({ pid }) => pid)
    const names = Object.keys(engines) as EngineName[]
    return Object.fromEntries(names.map((name) => [name, pidsOf(name)])) as Record<EngineName, number[]>
  }

  async stop(): Promise<void> {
    this.isStopping = true
    await Promise.all(this.ownNames().map((name) => this.options.find(name).stop(this.identities(name))))
  }

  async stopEngine(name: EngineName, mode: StopMode): Promise<void> {
    this.own(name)
    await this.options.find(name).stop(this.identities(name), mode)
  }

  async restart(name: EngineName): Promise<void> {
    const { program, address } = this.own(name)
    await this.stopEngine(name, 'clean')
    await this.startWithRetry(name, program, address)
  }

  /** Rejects unless the engine is ready now. */
  async ready(name: EngineName): Promise<void> {
    await this.options.find(name).ready(this.own(name).address)
  }

  /** Until the signal: restarts engines that died or hang, on their ports and data. */
  async keepUp(signal: AbortSignal, say: (line: string) => void): Promise<void> {
    const watch = (name: EngineName) => {
      const running = () => this.own(name).processes.map(({ process }) => process)
      const watched = {
        label: name,
        hasEnded: () => running().some(({ identity }) => !isAlive(identity)),
        ended: () => running().map(({ ended }) => ended),
        answers: () => this.ready(name),
        kill: () => this.stopEngine(name, 'kill'),
        revive: () => this.revive(name),
      }
      return keepUp(watched, signal, say)
    }
    await Promise.all(this.ownNames().map(watch))
  }

  deleteData(): void {
    for (const name of this.members.keys()) rmSync(reachable(this.folderOf(name)), { recursive: true, force: true })
    rmSync(this.options.dataDir, { recursive: true, force: true })
  }

  private async locateAndStart(name: EngineName): Promise<void> {
    const { machine, onProgress } = this.options
    const engine = this.options.find(name)
    const report = (line: string) => onProgress(`${name.padEnd(8)} ${line}`)
    const located = await engine.locate(machine, this.folderOf(name))
    if (located?.from === 'environment') {
      this.members.set(name, { program: null, address: located.address, processes: [] })
      report('address given in the environment')
      return
    }
    const program = located?.program ?? (await this.fetch(engine, report))
    const begun = Date.now()
    await this.startWithRetry(name, program)
    report(`${program.label} ready in ${secondsSince(begun)}`)
  }

  private async fetch(engine: AnyEngine, report: (line: string) => void): Promise<Program> {
    const obstacle = await engine.obstacle(this.options.machine)
    if (obstacle) throw new Error(obstacle)
    const begun = Date.now()
    const program = await engine.fetch(this.options.machine, report)
    report(`fetched in ${secondsSince(begun)}`)
    return program
  }

  /**
   * Another program may take a port between its choice and its use, and a killed predecessor may still be listed for a
   * moment.
   */
  private async startWithRetry(name: EngineName, program: Program, sameAddress?: Member['address']): Promise<void> {
    const deadline = Date.now() + RESTART_DEADLINE_MS
    for (;;) {
      try {
        await this.start(name, program, sameAddress)
        return
      } catch (error) {
        const passes = /address already in use|lock file .* already exists/i.test(messageOf(error))
        if (!passes || this.isStopping || Date.now() > deadline) throw error
        await this.stopEngine(name, 'kill')
        await pause(200)
      }
    }
  }

  private async start(name: EngineName, program: Program, sameAddress?: Member['address']): Promise<void> {
    const member: Member = { program, address: sameAddress ?? '', processes: [] }
    this.members.set(name, member)
    const running = await this.options.find(name).start(program, this.homeOf(name, member, sameAddress !== undefined))
    member.address = running.address
    await this.untilReady(name, member)
  }

  /** Restarts only processes that ended: of three Redis nodes the two running ones are not touched. */
  private async revive(name: EngineName): Promise<void> {
    const member = this.own(name)
    if (member.processes.length === 0) return this.start(name, member.program, member.address)
    for (const spawned of member.processes) {
      if (!isAlive(spawned.process.identity)) spawned.process = spawned.again()
    }
    this.options.lock.record(name, this.identities(name))
    await this.untilReady(name, member)
  }

  private untilReady(name: EngineName, { address, processes }: Member): Promise<void> {
    const running = processes.map(({ process }) => process)
    return untilReady(running, () => this.options.find(name).ready(address))
  }

  private homeOf(name: EngineName, { processes }: Member, isRestart: boolean): Home {
    const { dataDir, lock, onProgress } = this.options
    const folder = this.folderOf(name)
    mkdirSync(folder, { recursive: true })
    return {
      folder,
      ports: (count) => (isRestart ? samePorts(folder, count) : rememberedPorts(folder, count)),
      spawn: (label, command, args, options) => {
        const again = () => {
          if (this.isStopping) throw new Error(`${label} not started, since the engines are being stopped`)
          return startProcess(label, command, args, join(dataDir, 'logs', `${label}.log`), options)
        }
        const process = again()
        processes.push({ process, again })
        lock.record(name, this.identities(name))
        return process
      },
      forget: (gone) => {
        const place = processes.findIndex(({ process }) => process === gone)
        if (place >= 0) processes.splice(place, 1)
        lock.record(name, this.identities(name))
      },
      report: (line) => onProgress(`${name.padEnd(8)} ${line}`),
    }
  }

  /** The engine, if it was started here: only then may it be stopped, killed and restarted. */
  private own(name: EngineName): Member & { program: Program } {
    const member = this.members.get(name)
    if (!member?.program) throw new Error(`${name} was not started here`)
    return { ...member, program: member.program }
  }

  private ownNames(): EngineName[] {
    return [...this.members].flatMap(([name, { program }]) => (program === null ? [] : [name]))
  }

  private identities(name: EngineName): ProcessIdentity[] {
    return this.members.get(name)?.processes.map(({ process }) => process.identity) ?? []
  }

  private folderOf(name: EngineName): string {
    return join(this.options.dataDir, name)
  }
}

/** A restart keeps its ports, since clients use them: waits until the dying predecessor has released them. */
async function samePorts(folder: string, count: number): Promise<number[]> {
  const deadline = Date.now() + RESTART_DEADLINE_MS
  for (;;) {
    const ports = await stillFreePorts(folder, count)
    if (ports) return ports
    if (Date.now() > deadline) throw new Error('its ports have been taken by another program')
    await pause(50)
  }
}

function secondsSince(begun: number): string {
  return `${((Date.now() - begun) / 1000).toFixed(1)} s`
}
