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
}

/**
 * Who is in which conversation: a local replica, folded from `conversation.*` events. The owner is asked by
 * request–reply when a conversation is missing, has a gap, or does not list a user as member who may have joined just
 * now. Answers are cached for a second at most, so a removed member is out within two (I7).
 */
@Injectable()
export class MembershipReplica {
  readonly #remembered = new Map<string, Remembered>()
  /** Questions to the owner, and their answers: who needs no more than the replica must not wait for them. */
  readonly #asked = new Map<string, Remembered>()

  constructor(
    private readonly store: MembershipStore,
    private readonly owner: ConversationOwner,
  ) {}

  async isMember(conversationId: string, userId: string): Promise<boolean> {
    return (await this.member(conversationId, userId)) !== null
  }

  /** As `isMember`, but a member is never taken from the cache. */
  async isMemberNow(conversationId: string, userId: string): Promise<boolean> {
    return isIn(await this.current(conversationId), userId) || isIn(await this.#certain(conversationId), userId)
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
    this.#asked.delete(event.subject)
  }

  #known(conversationId: string): Promise<Membership> {
    return remembered(this.#remembered, conversationId, async () => {
      return (await this.store.load(conversationId)) ?? this.#ask(conversationId)
    })
  }

  #certain(conversationId: string): Promise<Membership> {
    return remembered(this.#asked, conversationId, async () => {
      const membership = await this.#ask(conversationId)
      // Not when an event has come meanwhile, which may be newer.
      if (this.#asked.has(conversationId)) this.#remembered.set(conversationId, freshly(Promise.resolve(membership)))
      return membership
    })
  }

  async #ask(conversationId: string): Promise<Membership> {
    const described = await this.owner.describe(conversationId)
    if (described === null) return nobody(conversationId)
    await this.store.save(described)
    return described
  }
}

const freshly = (membership: Promise<Membership>): Remembered => ({ membership, until: performance.now() + freshMs })

function remembered(
  all: Map<string, Remembered>,
  conversationId: string,
  load: () => Promise<Membership>,
): Promise<Membership> {
  const known = all.get(conversationId)
  if (known !== undefined && known.until > performance.now()) return known.membership
  if (all.size >= cacheLimit) all.clear()
  const loading = freshly(load())
  all.set(conversationId, loading)
  // A failure is not cached: it affects only the calls that waited for it.
  loading.membership.catch(() => {
    if (all.get(conversationId) === loading) all.delete(conversationId)
  })
  return loading.membership
}
