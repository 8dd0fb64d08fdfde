import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exclusively } from './claim.ts'
import type { Machine } from './engine.ts'

/**
 * Fills cache/NAME once: created in a temporary folder beside it and renamed, so that it exists completely or not at
 * all, and under a lock, so that of two processes one fetches and the other waits for the result.
 */
export async function inCache(
  machine: Machine,
  name: string,
  make: (folder: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<string> {
  const target = join(machine.cache, name)
  if (existsSync(target)) return target
  mkdirSync(machine.cache, { recursive: true })
  const fill = async () => {
    if (existsSync(target)) return
    for (const left of leftoverDrafts(machine, name)) rmSync(left, { recursive: true, force: true })
    const draft = mkdtempSync(`${target}.tmp-`)
    // As root, PostgreSQL runs under another uid and must be able to read its programs.
    chmodSync(draft, 0o755)
    try {
      await make(draft)
      renameSync(draft, target)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
  await exclusively(`${target}.lock`, fill, signal)
  return target
}

/** Left over from a killed fetch; called under the lock, so it is not in use. */
function leftoverDrafts(machine: Machine, name: string): string[] {
  const drafts = machine.list(machine.cache).filter((entry) => entry.startsWith(`${name}.tmp-`))
  return drafts.map((entry) => join(machine.cache, entry))
}

/** Runs a registry's client; its output is shown only when it fails. */
export function run(
  command: string,
  args: string[],
  cwd: string,
  { env, signal, ...user }: { env?: Record<string, string>; signal?: AbortSignal; uid?: number; gid?: number } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
      ...(signal === undefined ? {} : { signal }),
    })
    let said = ''
    const keep = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) =>
      reject(error.name === 'AbortError' ? error : new Error(`${command} is needed and is not installed`)),
    )
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${[command, ...args].join(' ')} failed:\n${said.trimEnd()}`))
    })
  })
}

/** npm installs into FOLDER/node_modules without running install scripts. */
export function npmInstall(folder: string, spec: string): Promise<void> {
  return run(
    'npm',
    ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', spec],
    dirname(folder),
  )
}

/** pip installs into FOLDER: neither a virtual environment nor the system packages are changed. */
export function pipInstall(python: string, folder: string, args: string[]): Promise<void> {
  const quiet = [
    '--disable-pip-version-check',
    '--no-input',
    '--quiet',
    '--only-binary',
    ':all:',
    '--root-user-action',
    'ignore',
  ]
  return run(python, ['-m', 'pip', 'install', ...quiet, '--target', folder, ...args], dirname(folder))
}
