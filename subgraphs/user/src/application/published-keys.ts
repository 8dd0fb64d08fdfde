import type { JSONWebKeySet } from 'jose'

/** The public keys that access tokens are verified by: those that sign, and those that did or will soon. */
export abstract class PublishedKeys {
  abstract published(at: Date): Promise<JSONWebKeySet>
}
