import { Logger } from '@nestjs/common'
import { type DocumentNode, Source } from 'graphql'
import { limits } from '../limits'
import type { Epoch } from '../supergraph/epoch'
import { FairLine, type Party } from './fair-line'
import { type KnownDocument, knownDocument } from './known-document'
import { DocumentMemory, hashOf, isKnown, type Outcome } from './memory'
import type { Newcomers } from './newcomers'
import type { Finding } from './planning.worker'
import { readDocument } from './read-document'
import {
  exhausting,
  invalid,
  later,
  nothingSent,
  onlyTrusted,
  otherText,
  refusalOf,
  tooMany,
  unknownId,
  unplannable,
} from './refusals'
import type { SentDocument } from './sent-document'

/** Validates and plans one document at a time; rejects when it cannot work at all. */
export interface Planner {
  plan(text: string): Promise<Finding>
  close(): Promise<void>
}

interface Task {
  readonly text: string
  readonly hash: string
  readonly document: DocumentNode
  readonly settle: (outcome: Outcome) => void
}

const tooLong = refusalOf(
  'input',
  'OPERATION_TOO_COMPLEX',
  `An operation may have at most ${limits.documentBytes / 1024} KB. Split it into several.`,
)

/** Which documents run: those of the manifests alone, or any. */
export type Admitted = 'trusted' | 'all'

/**
 * Every document, over HTTP or WebSocket, is admitted here before anything else is done with it. A known one costs a
 * lookup by its id, or the hash of its text; a new one is measured at once and then queued for the planner.
 */
export class Documents {
  readonly #logger = new Logger(Documents.name)
  readonly #memory = new DocumentMemory()
  readonly #underWay = new Map<string, Promise<Outcome>>()
  /** The trusted texts, by id. */
  #texts: ReadonlyMap<string, string> = new Map()
  readonly #trusted: Task[] = []
  readonly #awaited: Task[] = []
  readonly #line = new FairLine<Task>(limits.newDocuments.waiting)
  #work: Promise<void> | undefined
  #isClosed = false

  constructor(
    private readonly epoch: Epoch,
    private readonly planner: Planner,
    private readonly newcomers: Newcomers,
    private readonly admitted: Admitted = 'all',
  ) {}

  /** A document that was admitted before, at once and without hashing its text. */
  seen({ text, id }: SentDocument): KnownDocument | undefined {
    if (text === undefined) {
      const outcome = id === undefined ? undefined : this.#memory.get(id)
      return outcome !== undefined && isKnown(outcome) ? outcome : undefined
    }
    const known = this.#memory.ofText(text)
    return id === undefined || (known !== undefined && this.#memory.get(id) === known) ? known : undefined
  }

  async admit({ text, id }: SentDocument, party: Party): Promise<Outcome> {
    if (text === undefined) return id === undefined ? nothingSent : await this.#admitById(id)
    if (text.length > limits.documentBytes) return tooLong
    const hash = hashOf(text)
    if (id !== undefined && id !== hash) return otherText
    const known = this.#memory.get(hash) ?? this.#waitFor(hash)
    if (known !== undefined) return await known
    if (this.#texts.has(hash)) return await this.#findTrusted(text, hash)
    if (this.admitted === 'trusted') return onlyTrusted
    if (!this.newcomers.admit(party)) return tooMany()
    return await this.#find(text, hash, (task) => this.#line.push(party, task))
  }

  async #admitById(id: string): Promise<Outcome> {
    const known = this.#memory.get(id) ?? this.#waitFor(id)
    if (known !== undefined) return await known
    const text = this.#texts.get(id)
    return text === undefined ? unknownId : await this.#findTrusted(text, id)
  }

  /**
   * These are the trusted documents from now on. They are planned when no other document waits, and kept until they are
   * not trusted any more. One that a caller sends before its turn goes to the front of the queue.
   */
  async trust(texts: readonly string[]): Promise<void> {
    const before = this.#texts
    this.#texts = new Map(texts.map((text) => [hashOf(text), text]))
    for (const hash of before.keys()) if (!this.#texts.has(hash)) this.#memory.forget(hash)
    const added = [...this.#texts].filter(([hash]) => !before.has(hash))
    for (const outcome of await Promise.all(added.map(([hash, text]) => this.#findTrusted(text, hash)))) {
      if (!isKnown(outcome))
        this.#logger.warn({ err: outcome[0] }, 'A trusted document is not valid in this supergraph')
    }
  }

  /** Queued documents get a temporary refusal; the one being planned is finished. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#work
    await this.planner.close()
  }

  #findTrusted(text: string, hash: string): Promise<Outcome> {
    return this.#find(text, hash, (task) => this.#trusted.push(task) > 0)
  }

  /** A document whose planning is under way; now that a caller waits for it, it comes before the other trusted ones. */
  #waitFor(hash: string): Promise<Outcome> | undefined {
    this.#expedite(hash)
    return this.#underWay.get(hash)
  }

  async #find(text: string, hash: string, enqueue: (task: Task) => boolean): Promise<Outcome> {
    const document = readDocument(text)
    if (!('kind' in document)) {
      this.#memory.remember(hash, document, false)
      return document
    }
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    if (!enqueue({ text, hash, document, settle: resolve })) return tooMany()
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

  async #plan({ text, hash, document }: Task): Promise<Outcome> {
    if (this.#isClosed) return later
    try {
      const finding = await this.planner.plan(text)
      const outcome = this.#outcomeOf(finding, text, document)
      // It may have been taken from the trusted ones meanwhile.
      const isTrusted = this.#texts.has(hash)
      // A trusted document is tried again: what took too long was the machine.
      const isKept = isTrusted ? finding.kind !== 'exhausting' : this.admitted === 'all'
      if (isKept) this.#memory.remember(hash, outcome, isTrusted)
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
