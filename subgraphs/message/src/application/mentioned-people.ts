import { Injectable, Logger } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { withPatience } from '@parley/platform/live/with-patience'
import type { TextMentions } from '@parley/text/mentions'
import { alone, type Company, type Mentions, mayMention } from '../domain/mentions'
import { Inbox } from './inbox'

/** Who is online: the user subgraph knows. Rejects when it does not answer. */
export abstract class OnlinePeople {
  /** Those of these people who are online. */
  abstract among(userIds: readonly UserId[]): Promise<readonly UserId[]>
}

/** Among whom a text can mention people, asked only for a text that may. */
@Injectable()
export class MentionedPeople {
  readonly #logger = new Logger(MentionedPeople.name)

  constructor(
    private readonly memberships: MembershipReplica,
    private readonly people: OnlinePeople,
    private readonly inbox: Inbox,
  ) {}

  /** `before`: whom the message has mentioned until now. */
  async company(
    named: TextMentions,
    conversationId: ConversationId,
    authorId: UserId,
    before: Mentions | null = null,
  ): Promise<Company> {
    if (!mayMention(named)) return alone(authorId)
    // A name that is not among the members known here may be of somebody new: only the owner of members knows.
    const certain = await withPatience(this.memberships.members(conversationId, named.userIds))
    const members = certain ?? (await this.memberships.members(conversationId))
    const userIds = members.map(({ userId }) => userId as UserId)
    const asks = named.here && !named.all && before?.here !== true
    const [online, muted] = await Promise.all([
      asks ? this.#online(userIds) : null,
      named.all || named.here ? this.inbox.mutedBy(conversationId, userIds, new Date()) : new Set<UserId>(),
    ])
    return { authorId, members: userIds, online, muted }
  }

  /** A message does not wait long for it. */
  async #online(userIds: readonly UserId[]): Promise<readonly UserId[] | null> {
    try {
      return (await withPatience(this.people.among(userIds))) ?? null
    } catch (error) {
      this.#logger.warn({ err: error }, 'Who is online is not known: @here stands for all members')
      return null
    }
  }
}
