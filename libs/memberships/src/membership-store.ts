import type { Membership } from './membership'

/** Storage of the replica. A conversation only moves to newer versions, with any number of writers. */
export abstract class MembershipStore {
  abstract load(conversationId: string): Promise<Membership | null>
  abstract save(membership: Membership): Promise<void>
  /** The conversations of a user, as far as events have arrived. */
  abstract conversationsOf(userId: string): Promise<readonly string[]>
}
