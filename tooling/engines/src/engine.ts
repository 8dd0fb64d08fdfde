/** What every engine in this folder has in common: five verbs, one file per engine. */
import type { ManagedProcess, SpawnOptions, StopMode } from './process.ts'
import type { ProcessIdentity } from './process-identity.ts'

export const defaultEngines = ['postgres', 'redis', 'kafka', 'mongo'] as const
export type EngineName = (typeof defaultEngines)[number] | 's3' | 'browser'

/** What an engine needs to know of the machine; a fake takes its place in the unit tests. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>
  /** The folder of everything fetched or built: ~/.cache/parley/engines, or PARLEY_CACHE. */
  cache: string
  /** The full path of a program on PATH, else null. */
  which: (program: string) => string | null
  exists: (path: string) => boolean
  list: (folder: string) => string[]
  /** Standard output of a short command, or null when it cannot run or fails. */
  output: (command: string, args: string[]) => Promise<string | null>
}

/** A program ready to run: the arguments that an engine adds come after `args`. */
export interface Program {
  command: string
  args: string[]
  env?: Record<string, string>
  /** For people: "PostgreSQL 18.4 (cache)". */
  label: string
  /** Which of several servers of one protocol this is, where each keeps its data in its own way. */
  flavour?: string
  /** The server that wrote the data so far, which are moved to this one before it serves. */
  successorOf?: Program
}

export type Located<Address> = { from: 'environment'; address: Address } | { from: 'machine'; program: Program }

/** Where one engine lives: its folder, the ports it had before, and how to start a process that the lock file knows. */
export interface Home {
  folder: string
  /** Free ports: last time's where they still are free. */
  ports: (count: number) => Promise<number[]>
  spawn: (label: string, command: string, args: string[], options?: SpawnOptions) => ManagedProcess
  /** Takes a process that was stopped again out of the lock file: it was needed during the start only. */
  forget: (process: ManagedProcess) => void
  report: (line: string) => void
}

export interface Running<Address> {
  address: Address
  processes: ManagedProcess[]
}

export interface Engine<Address> {
  name: EngineName
  /** Address in the environment → binary on the machine or in the cache → null. Data in `folder` may need a certain one. */
  locate: (machine: Machine, folder?: string) => Promise<Located<Address> | null>
  /** What `fetch` would lack on this machine and how to get it; null when nothing. */
  obstacle: (machine: Machine) => Promise<string | null>
  /** From the engine's registry into the cache; safe side by side. */
  fetch: (machine: Machine, report: (line: string) => void) => Promise<Program>
  start: (program: Program, home: Home) => Promise<Running<Address>>
  /** One try: resolves when the engine does in its own protocol what it is there for. One that hangs may never settle it. */
  ready: (address: Address) => Promise<void>
  stop: (processes: ProcessIdentity[], mode?: StopMode) => Promise<void>
}
