import { hash as digest } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { limits } from '../limits'
import type { KnownDocument } from './known-document'
import { isBlameless, type Refusal } from './refusals'

export type Outcome = KnownDocument | Refusal

export const isKnown = (outcome: Outcome): outcome is KnownDocument => 'operations' in outcome

/** Refused because of the document or its caller, not because of a temporary failure or another release. */
export const isBlamed = (outcome: Outcome): boolean => !isKnown(outcome) && !isBlameless(outcome)

const { remembered } = limits

/**
 * Outcomes of documents (known or refused), by the hash of their text. Bounded by number and by memory; trusted
 * documents are never evicted.
 */
export class DocumentMemory {
  readonly #trusted = new Map<string, KnownDocument>()
  readonly #known = new LRUCache<string, KnownDocument>({
    max: remembered.documents,
    maxSize: remembered.documentBytes,
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (known, hash) => this.#drop(hash, known),
  })
  readonly #refused = new LRUCache<string, Refusal>({
    max: remembered.refusals,
    maxSize: remembered.refusalBytes,
    sizeCalculation: bytesOf,
  })
  /** By the text of a known document: finding it is cheaper than hashing it again. */
  readonly #hashes = new Map<string, string>()

  get(hash: string): Outcome | undefined {
    return this.#trusted.get(hash) ?? this.#known.get(hash) ?? this.#refused.get(hash)
  }

  ofText(text: string): KnownDocument | undefined {
    const hash = this.#hashes.get(text)
    return hash === undefined ? undefined : (this.#trusted.get(hash) ?? this.#known.get(hash))
  }

  remember(hash: string, outcome: Outcome, isTrusted: boolean): void {
    if (!isKnown(outcome)) {
      this.#refused.set(hash, outcome)
      return
    }
    // It stands in one place only: what is trusted now may have been sent by somebody before.
    if (isTrusted) {
      this.#known.delete(hash)
      this.#trusted.set(hash, outcome)
    } else {
      this.forget(hash)
      this.#known.set(hash, outcome)
      // Too large to be kept.
      if (!this.#known.has(hash)) return
    }
    this.#hashes.set(outcome.text, hash)
  }

  /** A document that is not trusted any more. */
  forget(hash: string): void {
    const known = this.#trusted.get(hash)
    if (known === undefined) return
    this.#trusted.delete(hash)
    this.#drop(hash, known)
  }

  #drop(hash: string, { text }: KnownDocument): void {
    if (this.#hashes.get(text) === hash) this.#hashes.delete(text)
  }
}

export const hashOf = (text: string): string => digest('sha256', text)

const bytesPerError = 500

/** An error keeps the text of its document in memory. */
function bytesOf(refusal: Refusal): number {
  const errors = refusal.reduce((bytes, { message }) => bytes + bytesPerError + 2 * message.length, 0)
  return errors + (refusal[0]?.source?.body.length ?? 0)
}
