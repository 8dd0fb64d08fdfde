/** The interface of all engines in this folder: five steps, one file per engine. */
import type { ManagedProcess, SpawnOptions, StopMode } from './process.ts'
import type { ProcessIdentity } from './process-identity.ts'

export const defaultEngines = ['postgres', 'redis', 'kafka', 'mongo'] as const
export type EngineName = (typeof defaultEngines)[number] | 's3' | 'browser'

/** What an engine reads from the machine; unit tests use a fake. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>
  /** The folder of all fetched or built files: ~/.cache/parley/engines, or PARLEY_CACHE. */
  cache: string
  /** The full path of a program on PATH, else null. */
  which: (program: string) => string | null
  exists: (path: string) => boolean
  list: (folder: string) => string[]
  /** Standard output of a short command, or null when it cannot run or fails. */
  output: (command: string, args: string[]) => Promise<string | null>
}

/** A program ready to run: the engine's arguments are appended to `args`. */
export interface Program {
  command: string
  args: string[]
  env?: Record<string, string>
  /** For display: "PostgreSQL 18.4 (cache)". */
  label: string
  /** Which of several servers of one protocol this is, because each has its own data format. */
  flavour?: string
  /** The server that wrote the present data, which are moved to this one before it starts. */
  successorOf?: Program
}

export type Located<Address> = { from: 'environment'; address: Address } | { from: 'machine'; program: Program }

/**
 * The environment of one engine: its folder, its former ports, and how to start a process that is recorded in the lock
 * file.
 */
export interface Home {
  folder: string
  /** Free ports: last time's if they are still free. */
  ports: (count: number) => Promise<number[]>
  spawn: (label: string, command: string, args: string[], options?: SpawnOptions) => ManagedProcess
  /** Removes a stopped process from the lock file: it was needed during the start only. */
  forget: (process: ManagedProcess) => void
  report: (line: string) => void
}

export interface Running<Address> {
  address: Address
  processes: ManagedProcess[]
}

export interface Engine<Address> {
  name: EngineName
  /**
   * Address in the environment → binary on the machine or in the cache → null. Data in `folder` may require a certain
   * one.
   */
  locate: (machine: Machine, folder?: string) => Promise<Located<Address> | null>
  /** What `fetch` lacks on this machine and how to install it; null when nothing. */
  obstacle: (machine: Machine) => Promise<string | null>
  /** From the engine's registry into the cache; safe to run concurrently. */
  fetch: (machine: Machine, report: (line: string) => void) => Promise<Program>
  start: (program: Program, home: Home) => Promise<Running<Address>>
  /** One attempt: resolves when the engine answers in its own protocol. May never settle for an engine that hangs. */
  ready: (address: Address) => Promise<void>
  stop: (processes: ProcessIdentity[], mode?: StopMode) => Promise<void>
}
