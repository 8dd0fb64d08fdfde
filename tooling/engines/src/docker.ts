/** With a Docker engine, docker/docker-compose.yml starts the official images; the commands stay the same. */
import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { variableOf } from './addresses.ts'
import { run } from './cache.ts'
import type { Engine, EngineName, Machine } from './engine.ts'
import { engineByName } from './registry.ts'
import type { AnyEngine } from './registry.ts'

interface Container {
  services: string[]
  /** The variables of docker-compose.yml for this engine's ports, the same on the host and inside. */
  ports: string[]
  address: (ports: number[]) => string | string[]
}

const local = (ports: number[]) => ports.map((port) => `127.0.0.1:${port}`)

const containers: Partial<Record<EngineName, Container>> = {
  postgres: {
    services: ['postgres'],
    ports: ['PARLEY_POSTGRES_PORT'],
    address: (ports) => `postgres://postgres@${local(ports)[0]}`,
  },
  redis: {
    services: ['redis-1', 'redis-2', 'redis-3'],
    ports: ['PARLEY_REDIS_PORT_1', 'PARLEY_REDIS_PORT_2', 'PARLEY_REDIS_PORT_3'],
    address: local,
  },
  kafka: { services: ['kafka'], ports: ['PARLEY_KAFKA_PORT'], address: local },
  mongo: {
    services: ['mongo'],
    ports: ['PARLEY_MONGO_PORT'],
    address: (ports) => `mongodb://${local(ports)[0]}/?directConnection=true`,
  },
}

/** The client alone is not enough: the engine must answer and Compose must be installed. */
export async function dockerAnswers(machine: Machine): Promise<boolean> {
  const docker = machine.which('docker')
  if (!docker || (await machine.output(docker, ['info', '--format', '{{.ServerVersion}}'])) === null) return false
  return (await machine.output(docker, ['compose', 'version'])) !== null
}

/** The engine in Docker, or the ordinary one where there is no image (a browser). */
export function inDocker(name: EngineName, composeFile: string, dataDir: string): AnyEngine {
  const native = engineByName(name)
  const container = containers[name]
  if (!container) return native
  const { services, ports } = container
  const project = projectName(dataDir)
  const compose = (args: string[], env = {}) => runCompose(composeFile, project, args, env)
  const engine: Engine<string | string[]> = {
    name,
    ready: native.ready,
    async locate(machine) {
      const given = machine.env[variableOf(name)] ? await native.locate(machine) : null
      return given ?? { from: 'machine', program: { command: 'docker', args: [], label: `${name} in Docker` } }
    },
    obstacle: async () => null,
    fetch: () => Promise.reject(new Error('compose pulls its images at start')),
    async start(_program, home) {
      const chosen = await home.ports(ports.length)
      const env = Object.fromEntries(ports.map((variable, index) => [variable, String(chosen[index])]))
      await compose(['up', '--detach', '--wait', ...services], env)
      return { address: container.address(chosen), processes: [] }
    },
    stop: (_processes, mode) => compose([mode === 'kill' ? 'kill' : 'stop', ...services]),
  }
  return engine
}

/** Containers, network and volumes. */
export function removeFromDocker(composeFile: string, dataDir: string): Promise<void> {
  return runCompose(composeFile, projectName(dataDir), ['down', '--volumes'])
}

/** One project for each data folder, so that `npm start` and `npm test` can run at the same time. */
function projectName(dataDir: string): string {
  return `parley-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
}

let lastCommand: Promise<unknown> = Promise.resolve()

/** One command at a time: two that both create the project's network fail. */
function runCompose(file: string, project: string, args: string[], env: Record<string, string> = {}): Promise<void> {
  const command = () =>
    run('docker', ['compose', '--file', file, '--project-name', project, ...args], dirname(file), { env })
  const result = lastCommand.then(command, command)
  lastCommand = result.catch(() => undefined)
  return result
}
