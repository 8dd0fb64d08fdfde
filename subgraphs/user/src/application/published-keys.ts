import type { JSONWebKeySet } from 'jose'

/** The public keys that verify access tokens: the current ones, the former ones and the next one. */
export abstract class PublishedKeys {
  abstract published(at: Date): Promise<JSONWebKeySet>
}
