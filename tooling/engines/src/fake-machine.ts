import type { Machine } from './engine.ts'

export interface FakeMachine {
  env?: Record<string, string>
  /** Name → full path, as found on PATH. */
  programs?: Record<string, string>
  /** Paths that exist besides the programs. */
  files?: string[]
  /** "command first-argument" → its output. */
  outputs?: Record<string, string>
}

/** A machine with exactly what a test defines. */
export function fakeMachine({ env = {}, programs = {}, files = [], outputs = {} }: FakeMachine): Machine {
  return {
    env,
    cache: '/cache',
    which: (program) => programs[program] ?? null,
    exists: (path) => files.includes(path) || Object.values(programs).includes(path),
    list: (folder) => {
      const below = files.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1))
      return [...new Set(below.map((path) => path.split('/')[0] ?? ''))]
    },
    output: async (command, args) => outputs[`${command} ${args[0]}`] ?? null,
  }
}
