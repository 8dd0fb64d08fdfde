import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePorts } from '@parley/engines/ports'
import { startProcess, stopProcesses, untilReady } from '@parley/engines/process'
import type { ManagedProcess } from '@parley/engines/process'
import { startEngines } from '@parley/engines/start-engines'
import type { Engines } from '@parley/engines/start-engines'
import { gatewayEnvironment } from '@parley/launcher/environments'
import { entryOf, root } from '@parley/launcher/workspace'
import { TestOwner } from '@parley/platform/testing/test-owner'
import { canPin } from './cores.ts'
import { cpuSecondsWithChildren, kibibytesWithChildren, serverCore } from './processes/pinned.ts'

/** Limits that protect an installation from one address: all of the load has one. */
export const liftedLimits = {
  RATE_LIMIT_OPERATIONS_PER_SECOND: '1000000',
  RATE_LIMIT_MUTATIONS_PER_SECOND: '1000000',
  RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: '1000000',
  RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND: '1000000',
  RATE_LIMIT_COST_PER_SECOND: '100000000',
  RATE_LIMIT_COST_PER_ADDRESS_PER_SECOND: '100000000',
  SOCKETS_PER_ADDRESS: '20000',
  SOCKETS_PER_SESSION: '20000',
}

/** As the launcher and docker/ start it. */
const compileCache = join(root, 'node_modules', '.cache', 'compile')

export interface GatewayOptions {
  readonly subgraphUrls: Record<string, string>
  readonly env?: Record<string, string>
  readonly signal: AbortSignal
}

/** The real gateway in a process of its own on one core, with Redis, over any subgraphs. */
export class GatewayProcess {
  readonly owner: TestOwner
  readonly port: number
  readonly startedAt: number
  readonly logFile: string
  readonly #process: ManagedProcess
  readonly #engines: Engines
  readonly #folder: string

  private constructor(from: {
    owner: TestOwner
    port: number
    process: ManagedProcess
    engines: Engines
    folder: string
  }) {
    this.owner = from.owner
    this.port = from.port
    this.startedAt = performance.now()
    this.logFile = join(from.folder, 'gateway.log')
    this.#process = from.process
    this.#engines = from.engines
    this.#folder = from.folder
  }

  /** Resolves as soon as its process runs. */
  static async spawn({ subgraphUrls, env = {}, signal }: GatewayOptions): Promise<GatewayProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
    const engines = await startEngines({ dataDir: folder, only: ['redis'], ephemeral: true, signal })
    const owner = await TestOwner.start()
    const [port = 0] = await freePorts(1)
    const environment = gatewayEnvironment({
      addresses: engines.addresses,
      jwksUrl: owner.env.JWKS_URL,
      secret: '',
      overrides: { ...liftedLimits, ...env },
      subgraphUrls,
      webUrl: 'http://127.0.0.1:9',
      port,
    })
    const entry = entryOf('gateway')
    const command = [process.execPath, '--max-semi-space-size=16', entry]
    const [program = '', ...args] = canPin ? ['taskset', '-c', String(serverCore), ...command] : command
    const started = startProcess('gateway', program, args, join(folder, 'gateway.log'), {
      cwd: dirname(entry),
      env: { NODE_COMPILE_CACHE: compileCache, ...environment, PORT: String(port), HOST: '127.0.0.1' },
    })
    return new GatewayProcess({ owner, port, process: started, engines, folder })
  }

  static async start(options: GatewayOptions): Promise<GatewayProcess> {
    const gateway = await GatewayProcess.spawn(options)
    try {
      await untilReady([gateway.#process], async () => {
        const answer = await fetch(`${gateway.url}/health/ready`)
        if (!answer.ok) throw new Error(`${answer.status}`)
      })
      return gateway
    } catch (error) {
      await gateway.stop()
      throw error
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get pid(): number {
    return this.#process.identity.pid
  }

  get cpuSeconds(): number {
    return cpuSecondsWithChildren([this.pid])
  }

  get kibibytes(): number {
    return kibibytesWithChildren([this.pid])
  }

  /** A cookie and the allowed origin, for as many users. */
  async headers(count: number): Promise<string[]> {
    const tokens = Array.from({ length: count }, (_, index) => {
      const userId = `0198a0e4-0000-7000-8000-${String(index).padStart(12, '0')}`
      return this.owner.token({ userId, sessionId: `session-${index}`, seconds: 3_600 })
    })
    return (await Promise.all(tokens)).map((token) => `Origin: ${this.url}\r\nCookie: parley_access=${token}\r\n`)
  }

  async stop(): Promise<void> {
    await stopProcesses([this.#process.identity], 'SIGTERM', 'kill')
    this.owner.stop()
    await this.#engines.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
