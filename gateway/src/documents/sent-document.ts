import { isJsonObject } from '@parley/federation/operations/json-value'
import { idUnreadable, type Refusal } from './refusals'

/** The text of a document, its id (the SHA-256 of the text, in hex), or both, which must then agree. */
export interface SentDocument {
  readonly text?: string | undefined
  readonly id?: string | undefined
}

/**
 * Reads a document from a request: `query`, and `extensions.persistedQuery` as Apollo's clients send it. An empty text
 * counts as none: some WebSocket clients cannot leave it out.
 */
export function sentDocument(query: unknown, extensions: unknown): SentDocument | Refusal {
  const text = typeof query === 'string' && query !== '' ? query : undefined
  const persisted = isJsonObject(extensions) ? extensions['persistedQuery'] : undefined
  if (persisted === undefined || persisted === null) return { text }
  if (!isJsonObject(persisted) || persisted['version'] !== 1 || typeof persisted['sha256Hash'] !== 'string') {
    return idUnreadable
  }
  return { text, id: persisted['sha256Hash'] }
}

export const isSent = (read: SentDocument | Refusal): read is SentDocument => !Array.isArray(read)
