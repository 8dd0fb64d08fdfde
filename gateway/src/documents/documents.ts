import type { QueryPlan } from '@apollo/query-planner'
import { Logger } from '@nestjs/common'
import { type DocumentNode, Source } from 'graphql'
import { limits } from '../limits'
import type { Epoch } from '../supergraph/epoch'
import { FairLine, type Party } from './fair-line'
import { knownDocument } from './known-document'
import { DocumentMemory, hashOf, isKnown, type Outcome } from './memory'
import type { Newcomers } from './newcomers'
import type { Finding } from './planning.worker'
import { readDocument } from './read-document'
import { exhausting, invalid, later, refusalOf, tooMany, unplannable } from './refusals'

/** Validates and plans one document at a time; rejects when it cannot work at all. */
export interface Planner {
  plan(text: string): Promise<Finding>
  close(): Promise<void>
}

interface Task {
  readonly text: string
  readonly hash: string
  readonly document: DocumentNode
  readonly isTrusted: boolean
  readonly settle: (outcome: Outcome) => void
}

const tooLong = refusalOf(
  'input',
  'OPERATION_TOO_COMPLEX',
  `An operation may have at most ${limits.documentBytes / 1024} KB. Split it into several.`,
)

/**
 * Every document, over HTTP or WebSocket, is admitted here before anything else is done with it. A known one costs its
 * hash; a new one is measured at once and then queued for the planner.
 */
export class Documents {
  readonly #logger = new Logger(Documents.name)
  readonly #memory = new DocumentMemory()
  readonly #underWay = new Map<string, Promise<Outcome>>()
  readonly #trusted: Task[] = []
  readonly #awaited: Task[] = []
  readonly #line = new FairLine<Task>(limits.newDocuments.waiting)
  #work: Promise<void> | undefined
  #isClosed = false

  constructor(
    private readonly epoch: Epoch,
    private readonly planner: Planner,
    private readonly newcomers: Newcomers,
  ) {}

  async admit(text: string, party: Party): Promise<Outcome> {
    if (text.length > limits.documentBytes) return tooLong
    const hash = hashOf(text)
    const known = this.#memory.get(hash) ?? this.#underWay.get(hash)
    this.#expedite(hash)
    if (known !== undefined) return await known
    if (!this.newcomers.admit(party)) return tooMany()
    return await this.#find(text, hash, false, (task) => this.#line.push(party, task))
  }

  /**
   * Plans these when no other document waits, and keeps them for the lifetime of the epoch. One that a caller sends
   * before its turn goes to the front of the queue.
   */
  async trust(texts: readonly string[]): Promise<void> {
    const outcomes = texts.map((text) => this.#find(text, hashOf(text), true, (task) => this.#trusted.push(task) > 0))
    for (const outcome of await Promise.all(outcomes)) {
      if (!isKnown(outcome))
        this.#logger.warn({ err: outcome[0] }, 'A trusted document is not valid in this supergraph')
    }
  }

  /** The plan under the cache key of the gateway package. */
  planOf(key: string): QueryPlan | undefined {
    return this.#memory.planOf(key)
  }

  /** Queued documents get a temporary refusal; the one being planned is finished. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#work
    await this.planner.close()
  }

  async #find(text: string, hash: string, isTrusted: boolean, enqueue: (task: Task) => boolean): Promise<Outcome> {
    const document = readDocument(text)
    if (!('kind' in document)) {
      this.#memory.remember(hash, document, false)
      return document
    }
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    if (!enqueue({ text, hash, document, isTrusted, settle: resolve })) return tooMany()
    this.#underWay.set(hash, promise)
    this.#work ??= this.#workOff()
    return await promise
  }

  async #workOff(): Promise<void> {
    for (let task = this.#next(); task !== undefined; task = this.#next()) {
      task.settle(await this.#plan(task))
      this.#underWay.delete(task.hash)
    }
    this.#work = undefined
  }

  #next(): Task | undefined {
    return this.#awaited.shift() ?? this.#line.shift() ?? this.#trusted.shift()
  }

  #expedite(hash: string): void {
    const place = this.#trusted.findIndex((task) => task.hash === hash)
    if (place >= 0) this.#awaited.push(...this.#trusted.splice(place, 1))
  }

  async #plan({ text, hash, document, isTrusted }: Task): Promise<Outcome> {
    if (this.#isClosed) return later
    try {
      const outcome = this.#outcomeOf(await this.planner.plan(text), text, document)
      this.#memory.remember(hash, outcome, isTrusted)
      return outcome
    } catch (error) {
      this.#logger.error({ err: error }, 'Documents cannot be planned')
      return later
    }
  }

  #outcomeOf(finding: Finding, text: string, document: DocumentNode): Outcome {
    switch (finding.kind) {
      case 'planned':
        return knownDocument(this.epoch, text, document, finding.plans)
      case 'invalid':
        return invalid(finding.faults, new Source(text))
      case 'exhausting':
        return exhausting()
      case 'failed':
        this.#logger.error({ reason: finding.reason, text }, 'A valid document cannot be planned')
        return unplannable()
    }
  }
}
