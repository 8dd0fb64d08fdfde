import { Injectable } from '@nestjs/common'
import {
  type ConversationEvent,
  foldMembership,
  isIn,
  type Member,
  memberIn,
  type Membership,
  nobody,
} from './membership'
import { ConversationOwner } from './conversation-owner'
import { MembershipStore } from './membership-store'

const freshMs = 1_000
const cacheLimit = 10_000

interface Remembered {
  readonly membership: Promise<Membership>
  readonly until: number
  /** Ask the owner too, not only the replica. */
  readonly certain: boolean
}

/**
 * Who is in which conversation: a local replica, folded from `conversation.*` events. The owner is asked by
 * request–reply when a conversation is missing, has a gap, or does not list a user as member who may have joined just
 * now. Answers are cached for a second at most, so a removed member is out within two (I7).
 */
@Injectable()
export class MembershipReplica {
  readonly #remembered = new Map<string, Remembered>()

  constructor(
    private readonly store: MembershipStore,
    private readonly owner: ConversationOwner,
  ) {}

  async isMember(conversationId: string, userId: string): Promise<boolean> {
    return (await this.member(conversationId, userId)) !== null
  }

  /** With the role, which may be a second old; null for one who is not in it. */
  async member(conversationId: string, userId: string): Promise<Member | null> {
    return memberIn(await this.#known(conversationId), userId) ?? memberIn(await this.#certain(conversationId), userId)
  }

  /** All members, at most a second old. The owner is asked when some of `expected` are not among them. */
  async members(conversationId: string, expected: readonly string[] = []): Promise<readonly Member[]> {
    const known = await this.#known(conversationId)
    if (expected.every((id) => isIn(known, id))) return known.members
    // Those who are not found are strangers, then, or so new that the owner alone could say it.
    const certain = await this.#certain(conversationId).catch(() => known)
    return certain.members
  }

  /**
   * The replica as it is now, never from the cache: for work that must see every event applied before it. Version 0:
   * unknown.
   */
  async current(conversationId: string): Promise<Membership> {
    return (await this.store.load(conversationId)) ?? this.#ask(conversationId)
  }

  /** The conversations of a user, as far as events have arrived. */
  conversationsOf(userId: string): Promise<readonly string[]> {
    return this.store.conversationsOf(userId)
  }

  /** Applies an event of the conversation topic: in any order, any number of times. */
  async apply(event: ConversationEvent): Promise<void> {
    const known = (await this.store.load(event.subject)) ?? nobody(event.subject)
    const next = foldMembership(known, event) ?? (await this.owner.describe(event.subject))
    if (next !== null && next.version > known.version) await this.store.save(next)
    this.#remembered.delete(event.subject)
  }

  #known(conversationId: string): Promise<Membership> {
    const remembered = this.#fresh(conversationId)
    if (remembered !== undefined) return remembered.membership
    return this.#remember(conversationId, false, async () => {
      return (await this.store.load(conversationId)) ?? this.#ask(conversationId)
    })
  }

  #certain(conversationId: string): Promise<Membership> {
    const remembered = this.#fresh(conversationId)
    if (remembered?.certain === true) return remembered.membership
    return this.#remember(conversationId, true, () => this.#ask(conversationId))
  }

  async #ask(conversationId: string): Promise<Membership> {
    const described = await this.owner.describe(conversationId)
    if (described === null) return nobody(conversationId)
    await this.store.save(described)
    return described
  }

  #fresh(conversationId: string): Remembered | undefined {
    const remembered = this.#remembered.get(conversationId)
    return remembered !== undefined && remembered.until > performance.now() ? remembered : undefined
  }

  #remember(conversationId: string, certain: boolean, load: () => Promise<Membership>): Promise<Membership> {
    if (this.#remembered.size >= cacheLimit) this.#remembered.clear()
    const remembered: Remembered = { membership: load(), until: performance.now() + freshMs, certain }
    this.#remembered.set(conversationId, remembered)
    // A failure is not cached: it affects only the calls that waited for it.
    remembered.membership.catch(() => {
      if (this.#remembered.get(conversationId) === remembered) this.#remembered.delete(conversationId)
    })
    return remembered.membership
  }
}
