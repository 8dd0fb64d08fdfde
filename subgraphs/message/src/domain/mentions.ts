import { InvalidFields } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { mentionsIn, type TextMentions } from '@parley/text/mentions'

/** Whom a message mentions: docs/decisions/0029-mentions.md. The author is not among them. */
export interface Mentions {
  /** The members who are named, in the order of the text. */
  readonly userIds: readonly UserId[]
  readonly all: boolean
  readonly here: boolean
  /** What `@all` or `@here` stand for: the members, or those who were online, when it was written, and had not muted it. */
  readonly groupIds: readonly UserId[]
}

/** Among whom a text can mention people. */
export interface Company {
  readonly authorId: UserId
  readonly members: readonly UserId[]
  /** Null where that is not known: then `@here` stands for all members. */
  readonly online: readonly UserId[] | null
  /** Those who have muted the conversation: `@all` and `@here` do not stand for them. */
  readonly muted: ReadonlySet<UserId>
}

/** For a text that mentions nobody. */
export const alone = (authorId: UserId): Company => ({ authorId, members: [], online: null, muted: new Set() })

/** Whom a text names, members or not. Throws InvalidFields when it names too many. */
export function namedIn(text: string): TextMentions {
  const named = mentionsIn(text)
  const count = named.userIds.length
  if (count <= limits.mentions) return named
  const message = `A message mentions at most ${limits.mentions} people by name; this one has ${count}. Write @all for everybody.`
  throw new InvalidFields([{ field: 'text', code: 'TOO_MANY_MENTIONS', message }])
}

/** Null for a text that can mention nobody. */
export const mayMention = ({ userIds, all, here }: TextMentions): boolean => userIds.length > 0 || all || here

/**
 * Whom a message mentions with this text; null for nobody. `before`: whom it has mentioned until now. A word that stays
 * stands for the same people.
 */
export function mentionsOf(named: TextMentions, company: Company, before: Mentions | null = null): Mentions | null {
  const { all, here } = named
  const { authorId, members, online, muted } = company
  const userIds = members.length === 0 ? [] : namedMembers(named, company)
  if (userIds.length === 0 && !all && !here) return null
  const stays = before !== null && before.all === all && before.here === here
  const group = all ? members : here ? (online ?? members) : []
  return {
    userIds,
    all,
    here,
    groupIds: stays ? before.groupIds : group.filter((id) => id !== authorId && !muted.has(id)),
  }
}

function namedMembers({ userIds }: TextMentions, { members, authorId }: Company): readonly UserId[] {
  const isMember: ReadonlySet<string> = new Set(members)
  return userIds.filter((id): id is UserId => isMember.has(id) && id !== authorId)
}

/** Everybody whom a message mentions, each once. */
export const peopleIn = (mentions: Mentions | null): readonly UserId[] =>
  mentions === null ? [] : [...new Set([...mentions.userIds, ...mentions.groupIds])]

/** Whom an event newly mentions, and whom it does not mention any more. Absent for nobody, and once it is relayed. */
export type MentionChange = {
  readonly mentioned?: readonly UserId[]
  readonly unmentioned?: readonly UserId[]
}

export function mentionChange(before: Mentions | null, after: Mentions | null): MentionChange {
  const [former, now] = [peopleIn(before), peopleIn(after)]
  const mentioned = now.filter((id) => !former.includes(id))
  const unmentioned = former.filter((id) => !now.includes(id))
  return { ...(mentioned.length === 0 ? {} : { mentioned }), ...(unmentioned.length === 0 ? {} : { unmentioned }) }
}
