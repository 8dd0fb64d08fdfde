import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { SupergraphManager } from '@apollo/gateway'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { Epoch } from './epoch'

const watchEveryMs = 1_000

/** The supergraph file. A change on disk begins a new epoch; one that does not load leaves the present one in place. */
@Injectable()
export class SupergraphSource implements SupergraphManager {
  readonly #logger = new Logger(SupergraphSource.name)
  #epoch: Epoch | undefined

  constructor(@Inject(GATEWAY_ENV) private readonly env: GatewayEnv) {}

  get epoch(): Epoch {
    if (this.#epoch === undefined)
      throw new DomainError('UNAVAILABLE', 'The gateway is still starting; try again in a moment.')
    return this.#epoch
  }

  readonly initialize: SupergraphManager['initialize'] = async ({ update }) => {
    const path = this.env.SUPERGRAPH_PATH
    this.#epoch = new Epoch(await readFile(path, 'utf8'))
    const reload = (): void => void this.#reload(update)
    watchFile(path, { interval: watchEveryMs, persistent: false }, reload)
    return {
      supergraphSdl: this.#epoch.sdl,
      cleanup: async () => unwatchFile(path, reload),
    }
  }

  async #reload(update: (sdl: string) => void): Promise<void> {
    try {
      const sdl = await readFile(this.env.SUPERGRAPH_PATH, 'utf8')
      if (sdl === this.#epoch?.sdl) return
      const next = new Epoch(sdl)
      update(sdl)
      this.#epoch = next
      this.#logger.log('A new supergraph is in use')
    } catch (error) {
      this.#logger.error({ err: error }, 'The new supergraph does not load; the present one stays')
    }
  }
}
