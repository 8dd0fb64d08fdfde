import { readFile } from 'node:fs/promises'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { Documents } from '../documents/documents'
import { Newcomers } from '../documents/newcomers'
import { PlanningProcess } from '../documents/planning-process'
import { readTrustedDocuments } from '../documents/trusted-documents'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { limits } from '../limits'
import { Epoch } from './epoch'
import { FileWatch } from './file-watch'

/** The supergraph in use, with the documents that are known in it. */
interface Present {
  readonly epoch: Epoch
  readonly documents: Documents
}

/**
 * The supergraph file and the trusted documents. A change of the supergraph on disk starts a new epoch, one of the
 * documents alone does not; files that do not load leave what is in use in place.
 */
@Injectable()
export class SupergraphSource {
  readonly #logger = new Logger(SupergraphSource.name)
  readonly #newcomers = new Newcomers()
  #present: Present | undefined
  #watch: FileWatch | undefined
  #reloads: Promise<void> = Promise.resolve()

  constructor(@Inject(GATEWAY_ENV) private readonly env: GatewayEnv) {}

  get epoch(): Epoch {
    return this.#now.epoch
  }

  /** Every document must be admitted here before anything else is done with it. */
  get documents(): Documents {
    return this.#now.documents
  }

  get #now(): Present {
    if (this.#present === undefined)
      throw new DomainError('temporary', 'UNAVAILABLE', 'The gateway is still starting; try again in a moment.')
    return this.#present
  }

  /** `onChange` is told of each later epoch, and throws for one that cannot be used. Throws when the files do not load. */
  async start(onChange: (epoch: Epoch) => void): Promise<void> {
    const { SUPERGRAPH_PATH: path, TRUSTED_DOCUMENTS_PATH: manifests } = this.env
    const reload = (): void => void (this.#reloads = this.#reloads.then(() => this.#reload(onChange)))
    this.#watch = await FileWatch.start([path, ...manifests], reload)
    try {
      const trusted = await readTrustedDocuments(manifests)
      const present = this.#begin(await readFile(path, 'utf8'))
      this.#present = present
      // Not awaited: requests wait for their own plan only.
      void present.documents.trust(trusted)
    } catch (error) {
      this.#watch.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    this.#watch?.stop()
    await this.#present?.documents.close()
  }

  #begin(sdl: string): Present {
    const planner = new PlanningProcess({ sdl, introspection: this.env.EXPLORER !== 'off' }, limits.newDocuments.planMs)
    const epoch = new Epoch(sdl)
    planner.start()
    return { epoch, documents: new Documents(epoch, planner, this.#newcomers, this.env.DOCUMENTS) }
  }

  async #reload(onChange: (epoch: Epoch) => void): Promise<void> {
    try {
      const sdl = await readFile(this.env.SUPERGRAPH_PATH, 'utf8')
      const trusted = await readTrustedDocuments(this.env.TRUSTED_DOCUMENTS_PATH)
      const past = this.#now
      if (sdl === past.epoch.sdl) {
        await past.documents.trust(trusted)
        this.#logger.log(`${trusted.length} trusted documents are in use`)
        return
      }
      const next = this.#begin(sdl)
      // Trusted documents are planned before clients send them.
      await next.documents.trust(trusted)
      try {
        onChange(next.epoch)
      } catch (error) {
        await next.documents.close()
        throw error
      }
      this.#present = next
      await past.documents.close()
      this.#logger.log('A new supergraph is in use')
    } catch (error) {
      this.#logger.error({ err: error }, 'The new files do not load; what is in use stays')
    }
  }
}
