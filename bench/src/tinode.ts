import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inCache, run as runProgram } from '@parley/engines/cache'
import { thisMachine } from '@parley/engines/machine'
import { freePorts } from '@parley/engines/ports'
import { startProcess, stopProcesses, untilReady } from '@parley/engines/process'
import type { BenchRun, Cleanup } from './bench.ts'
import { canPin } from './cores.ts'
import { cpuSecondsWithChildren, serverCore } from './processes/pinned.ts'
import { temporaryFolder } from './supergraphs.ts'

const version = 'v0.25.3'

export interface Tinode {
  readonly port: number
  readonly path: string
  readonly cpuSeconds: number
}

/** Built from its Go module, which takes some minutes once. `go install` cannot be used: it wants a list of versions. */
async function binaries(run: BenchRun): Promise<{ server: string; database: string }> {
  const machine = thisMachine()
  const folder = await inCache(machine, `tinode-${version}`, async (draft) => {
    if (machine.which('go') === null) throw new Error('Go is not installed')
    run.say(`Building Tinode ${version}, which takes some minutes`)
    writeFileSync(join(draft, 'go.mod'), `module bench\ngo 1.24\nrequire github.com/tinode/chat ${version}\n`)
    for (const [output, name] of [
      ['server', 'server'],
      ['init-db', 'tinode-db'],
    ] as const) {
      const args = ['build', '-mod=mod', '-tags', 'postgres', '-o', output, `github.com/tinode/chat/${name}`]
      await runProgram('go', args, draft, { signal: run.signal })
    }
  })
  return { server: join(folder, 'server'), database: join(folder, 'init-db') }
}

/**
 * Tinode with the same PostgreSQL server, on a core of its own if not `isFree`; the keys are those of its own sample
 * configuration.
 */
export async function startTinode(
  postgresUrl: string,
  run: BenchRun,
  cleanup: Cleanup,
  { isFree = false } = {},
): Promise<Tinode> {
  const { server, database } = await binaries(run)
  const folder = temporaryFolder(cleanup)
  const [port = 0, grpcPort = 0] = await freePorts(2)
  const config = join(folder, 'tinode.json')
  mkdirSync(join(folder, 'uploads'))
  writeFileSync(config, JSON.stringify(configuration(new URL(postgresUrl), port, grpcPort)))
  await runProgram(database, ['-reset', '-config', config], folder, { signal: run.signal })
  const command = [server, '-config', config, '-static_data', folder]
  const [program = '', ...args] = canPin && !isFree ? ['taskset', '-c', String(serverCore), ...command] : command
  const running = startProcess('tinode', program, args, join(folder, 'tinode.log'), { cwd: folder })
  cleanup.add({ stop: () => stopProcesses([running.identity], 'SIGTERM', 'kill') })
  await untilReady([running], async () => {
    await fetch(`http://127.0.0.1:${port}/`)
  })
  const pid = running.identity.pid
  return {
    port,
    path: '/v0/channels?apikey=AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K',
    get cpuSeconds() {
      return cpuSecondsWithChildren([pid])
    },
  }
}

const configuration = ({ hostname, port: postgresPort, username }: URL, port: number, grpcPort: number): object => ({
  listen: `127.0.0.1:${port}`,
  grpc_listen: `127.0.0.1:${grpcPort}`,
  api_path: '/',
  api_key_salt: 'T713/rYYgW7g4m3vG6zGRh7+FM1t0T8j13koXScOAj4=',
  ws_compression_disabled: true,
  max_message_size: 131_072,
  max_subscriber_count: 1_000,
  max_tag_count: 16,
  default_country_code: 'US',
  push: [],
  webrtc: { enabled: false },
  plugins: [],
  auth_config: {
    basic: { add_to_tags: true, min_login_length: 4, min_password_length: 6 },
    token: { expire_in: 1_209_600, serial_num: 1, key: 'wfaY2RgF2S1OQI/ZlK+LSrp1KB2jwAdGAIHQ7JZn+Kc=' },
    code: { expire_in: 900, max_retries: 3, code_length: 6 },
  },
  store_config: {
    uid_key: 'la6YsO+bNX/+XIkOqc5Svw==',
    max_results: 1_024,
    use_adapter: 'postgres',
    adapters: {
      postgres: {
        User: username,
        Passwd: 'unused',
        Host: hostname,
        Port: postgresPort,
        DBName: 'tinode_bench',
        SSLMode: 'disable',
        max_open_conns: 50,
        max_idle_conns: 50,
        conn_max_lifetime: 60,
        sql_timeout: 10,
      },
    },
  },
})
