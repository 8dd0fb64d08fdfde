import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startEngines } from '@parley/engines/start-engines'
import type { Engines } from '@parley/engines/start-engines'
import { gatewayEnvironment, signingKeySecret, subgraphEnvironment } from './environments.ts'
import type { Surroundings } from './environments.ts'
import { noteServices, stopLeftovers } from './leftovers.ts'
import { createTopics, migrateSubgraph } from './migrate.ts'
import { portsFor, Service } from './service.ts'
import { root, subgraphs } from './workspace.ts'
import type { ServiceName, Subgraph } from './workspace.ts'

export interface StackOptions {
  /** Data of the engines, logs and the list of processes; one stack at a time. */
  readonly dataDir: string
  /** The number of instances of a subgraph; one by default. */
  readonly instances?: Partial<Record<Subgraph, number>>
  /** Gateway i uses instance i (modulo their number) of each subgraph. */
  readonly gateways?: number
  readonly web?: boolean
  /** The port of the first gateway; a free one by default. */
  readonly frontPort?: number
  /** Delete the data at stop; then nothing is left to be finished, and the services are killed. */
  readonly ephemeral?: boolean
  /** Added to the environment of every service. */
  readonly env?: Record<string, string>
  readonly onProgress?: (line: string) => void
  readonly signal?: AbortSignal
}

export interface Stack {
  /** The address of each gateway; the first is the one to show. */
  readonly urls: readonly string[]
  readonly engines: Engines
  readonly services: readonly Service[]
  service(name: ServiceName, index?: number): Service
  stop(): Promise<void>
}

/** Engines, migrations, subgraphs, gateway and web client; resolves when all have reported ready. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir)
  const { onProgress = () => undefined, ephemeral = false } = options
  mkdirSync(join(dataDir, 'logs'), { recursive: true })
  const timed = stopwatch(onProgress)
  const engines = await timed('engines', () =>
    startEngines({
      dataDir,
      ephemeral,
      onProgress,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }),
  )
  const services: Service[] = []
  const stop = async () => {
    if (ephemeral) await Promise.all(services.map((service) => service.kill()))
    else await drain(services)
    await engines.stop()
    if (ephemeral) rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const left = await stopLeftovers(dataDir)
    if (left > 0) onProgress(`stopped ${left} services that a killed launcher left running`)
    services.push(...(await layOut(dataDir, options, engines, () => noteServices(dataDir, identitiesOf(services)))))
    await unlessAborted(options.signal, async () => {
      await timed('migrations', () => migrate(services))
      options.signal?.throwIfAborted()
      await Promise.all(services.map((service) => timed(service.label, () => service.start())))
    })
  } catch (error) {
    await stop()
    throw error
  }
  const find = (name: ServiceName, index = 0): Service => {
    const found = services.find(({ options: own }) => own.name === name && own.index === index)
    if (found === undefined) throw new Error(`There is no ${name} number ${index} in this stack`)
    return found
  }
  return {
    urls: services.filter(({ options: { name } }) => name === 'gateway').map(publicUrl),
    engines,
    services,
    service: find,
    stop,
  }
}

/** The gateway first: the services behind it then finish their requests. */
async function drain(services: readonly Service[]): Promise<void> {
  for (const front of services.filter(({ options: { name } }) => name === 'gateway')) await front.stop()
  await Promise.all(services.map((service) => service.stop()))
}

/** Stops waiting for the work at the signal: a start that hangs must be interruptible. */
async function unlessAborted(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
  if (signal === undefined) return work()
  signal.throwIfAborted()
  const aborted = once(signal, 'abort').then(() => signal.throwIfAborted())
  await Promise.race([work(), aborted])
}

const publicUrl = ({ options: { port } }: Service): string => `http://localhost:${port}`

const identitiesOf = (services: readonly Service[]) =>
  services.flatMap(({ identity }) => (identity === null ? [] : [identity]))

/** The compile cache of Node, by the hash of the source: a restarted service is ready sooner. */
const compileCache = join(root, 'node_modules', '.cache', 'compile')

/** The port and configuration of all processes, before any is started: each needs the addresses of the others. */
async function layOut(
  dataDir: string,
  options: StackOptions,
  engines: Engines,
  onProcess: () => void,
): Promise<Service[]> {
  const counts = subgraphs.map((name) => ({ name, count: options.instances?.[name] ?? 1 }))
  const gateways = options.gateways ?? 1
  const ports = await portsFor(counts.reduce((sum, { count }) => sum + count, gateways + 1))
  const takePort = (): number => {
    const port = ports.pop()
    if (port === undefined) throw new Error('Fewer ports than services')
    return port
  }
  const make = (name: ServiceName, index: number, port: number, env: Record<string, string>): Service => {
    const logFile = join(dataDir, 'logs', index === 0 ? `${name}.log` : `${name}-${index + 1}.log`)
    return new Service({ name, index, port, env: { NODE_COMPILE_CACHE: compileCache, ...env }, logFile, onProcess })
  }
  const userPort = takePort()
  const from: Surroundings = {
    addresses: engines.addresses,
    jwksUrl: `http://127.0.0.1:${userPort}/.well-known/jwks.json`,
    secret: signingKeySecret(dataDir),
    overrides: options.env ?? {},
  }
  const behind = counts.flatMap(({ name, count }) =>
    Array.from({ length: count }, (_, index) =>
      make(name, index, name === 'user' && index === 0 ? userPort : takePort(), subgraphEnvironment(name, from)),
    ),
  )
  const web = options.web === false ? [] : [make('web', 0, takePort(), { NODE_ENV: 'production' })]
  const webUrl = web[0]?.url ?? 'http://127.0.0.1:9'
  const fronts = Array.from({ length: gateways }, (_, index) => {
    const port = index === 0 && options.frontPort !== undefined ? options.frontPort : takePort()
    const subgraphUrls = Object.fromEntries(
      subgraphs.map((name) => [name, `${instanceFor(behind, name, index)}/graphql`]),
    )
    return make('gateway', index, port, gatewayEnvironment({ ...from, subgraphUrls, webUrl, port }))
  })
  return [...behind, ...web, ...fronts]
}

function instanceFor(services: readonly Service[], name: Subgraph, gateway: number): string {
  const instances = services.filter(({ options }) => options.name === name)
  const chosen = instances[gateway % instances.length]
  if (chosen === undefined) throw new Error(`No instance of ${name}`)
  return chosen.url
}

async function migrate(services: readonly Service[]): Promise<void> {
  const first = services.filter(({ options: { index, name } }) => index === 0 && isSubgraph(name))
  const [any] = first
  await Promise.all([
    ...first.map(({ options: { name, env } }) => migrateSubgraph(name as Subgraph, env)),
    ...(any === undefined ? [] : [createTopics(any.options.env)]),
  ])
}

const isSubgraph = (name: ServiceName): name is Subgraph => (subgraphs as readonly string[]).includes(name)

function stopwatch(onProgress: (line: string) => void) {
  return async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    const started = performance.now()
    const result = await work()
    onProgress(`${what.padEnd(32)} ready in ${((performance.now() - started) / 1_000).toFixed(1)} s`)
    return result
  }
}
