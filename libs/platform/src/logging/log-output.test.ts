import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs `body` in a process of its own, where `output` is the log. */
function run(body: string, stdout: 'pipe' | number = 'pipe') {
  const imports = `import { logOutput } from ${JSON.stringify(join(__dirname, 'log-output.ts'))}
import pino from 'pino'
const output = logOutput()`
  return spawnSync(process.execPath, ['--input-type=module', '--eval', `${imports}\n${body}`], {
    cwd: __dirname,
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'pipe'],
  })
}

describe('the log of a process', () => {
  it('has every line when it exits in the same turn', () => {
    const { stdout, status } = run(`output.write('one\\n'); output.write('two\\n'); process.exit(3)`)
    expect([stdout, status]).toEqual(['one\ntwo\n', 3])
  })

  it('has every line when it ends by an uncaught error', () => {
    const { stdout, stderr, status } = run(`output.write('one\\n'); throw new Error('It fell over')`)
    expect([stdout, status]).toEqual(['one\n', 1])
    expect(stderr).toContain('It fell over')
  })

  it('has a fatal line and those before it, even when the process is killed', () => {
    const { stdout, signal } = run(`const log = pino({}, output)
log.info('before')
log.fatal('the end')
process.kill(process.pid, 'SIGKILL')`)
    expect(signal).toBe('SIGKILL')
    expect(stdout.split('\n')).toEqual([expect.stringContaining('before'), expect.stringContaining('the end'), ''])
  })

  it('does not end the process when it cannot be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-log-'))
    const file = join(folder, 'read-only')
    writeFileSync(file, '')
    const readOnly = openSync(file, 'r')
    try {
      const { stderr, status } = run(
        `output.write('lost\\n')
setTimeout(() => {
  output.write('lost too\\n')
  setTimeout(() => { process.stderr.write('went on'); process.exit(0) })
})`,
        readOnly,
      )
      expect(stderr).toContain('went on')
      expect(status).toBe(0)
    } finally {
      closeSync(readOnly)
      rmSync(folder, { recursive: true })
    }
  })
})
