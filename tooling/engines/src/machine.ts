import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import type { Machine } from './engine.ts'

/** The machine that this process runs on. */
export function thisMachine(env: Machine['env'] = process.env): Machine {
  const cache = env['PARLEY_CACHE'] ? resolve(env['PARLEY_CACHE']) : join(homedir(), '.cache', 'parley')
  return {
    env,
    cache: join(cache, 'engines'),
    which: (program) => findOnPath(program, env['PATH'] ?? ''),
    exists: existsSync,
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
    output,
  }
}

function findOnPath(program: string, path: string): string | null {
  if (isAbsolute(program)) return isExecutable(program) ? program : null
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function output(command: string, args: string[]): Promise<string | null> {
  return new Promise((done) => {
    execFile(command, args, { timeout: 10_000 }, (error, stdout, stderr) => done(error ? null : stdout + stderr))
  })
}
