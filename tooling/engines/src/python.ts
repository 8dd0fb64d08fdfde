import type { Machine } from './engine.ts'
import { messageOf } from './process.ts'
import { isAtLeast, parseVersion } from './versions.ts'

const oldestVersion = [3, 10]
const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10']

export interface Python {
  command: string
  /** "3.11": compiled packages fit one minor version only. */
  version: string
}

export async function pythonObstacle(machine: Machine): Promise<string | null> {
  return findPython(machine).then(
    () => null,
    (error: unknown) => messageOf(error),
  )
}

/** The first Python that SecantusDB supports and that has pip. */
export async function findPython(machine: Machine): Promise<Python> {
  for (const name of names) {
    const command = machine.which(name)
    const version = command ? parseVersion(await machine.output(command, ['--version'])) : null
    if (!command || !isAtLeast(version, oldestVersion)) continue
    if (await machine.output(command, ['-m', 'pip', '--version']))
      return { command, version: version.slice(0, 2).join('.') }
  }
  throw new Error(`Python ${oldestVersion.join('.')} or newer with pip is needed (Debian: apt-get install python3-pip)`)
}
