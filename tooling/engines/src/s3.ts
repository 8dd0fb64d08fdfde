/** An S3 server, only on request: versitygw from PATH or from `engines build`. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inCache, run } from './cache.ts'
import type { Engine, Machine, Program } from './engine.ts'
import { stopProcesses } from './process.ts'
import { pinned } from './versions.ts'

const cacheName = `versitygw-${pinned.versitygw}`
const modulePath = 'github.com/versity/versitygw/cmd/versitygw'

/** The keys of the server, which listens on this machine only. */
export const localKeys = { accessKey: 'parley', secretKey: 'parley-local' }

/** The endpoint: http://127.0.0.1:9000 */
export const s3: Engine<string> = {
  name: 's3',

  async locate(machine) {
    const address = machine.env['PARLEY_S3_ENDPOINT']
    if (address) return { from: 'environment', address }
    const command = machine.which('versitygw') ?? cachedProgram(machine).command
    const program = { ...cachedProgram(machine), command, label: `versitygw (${command})` }
    return machine.exists(command) ? { from: 'machine', program } : null
  },

  async obstacle(machine) {
    return machine.which('go') ? null : 'Go is needed (Debian: apt-get install golang-go)'
  },

  async fetch(machine, report) {
    report(`building versitygw ${pinned.versitygw} with Go, about two minutes`)
    await inCache(machine, cacheName, async (draft) => {
      const bin = join(draft, 'bin')
      mkdirSync(bin)
      await run('go', ['install', `${modulePath}@v${pinned.versitygw}`], draft, { env: { GOBIN: bin } })
    })
    return cachedProgram(machine)
  },

  async start(program, home) {
    const objects = join(home.folder, 'objects')
    mkdirSync(objects, { recursive: true })
    const [port] = await home.ports(1)
    const args = [...program.args, '--port', `127.0.0.1:${port}`, '--cors-allow-origin', '*', 'posix', objects]
    const server = home.spawn('s3', program.command, args, { env: program.env ?? {}, cwd: home.folder })
    return { address: `http://127.0.0.1:${port}`, processes: [server] }
  },

  async ready(address) {
    // Any S3 server refuses an unsigned request with S3's own XML: that shows that it is ready.
    const answer = await fetch(address, { signal: AbortSignal.timeout(2000) })
    if (!(await answer.text()).includes('<Error>')) throw new Error(`unexpected answer ${answer.status}`)
  },

  stop(processes, mode) {
    return stopProcesses(processes, 'SIGTERM', mode)
  },
}

function cachedProgram(machine: Machine): Program {
  const env = { ROOT_ACCESS_KEY: localKeys.accessKey, ROOT_SECRET_KEY: localKeys.secretKey }
  const command = join(machine.cache, cacheName, 'bin', 'versitygw')
  return { command, args: [], env, label: `versitygw ${pinned.versitygw} (cache)` }
}
