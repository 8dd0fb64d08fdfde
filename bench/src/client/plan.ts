import type { PlannedChange, PlannedConversation, PlannedMessage, PlannedPerson } from '@parley/contracts/demo-plan'
import { beginning } from '@parley/launcher/demo/plan'
import { Random } from '@parley/launcher/demo/random'
import type { Demo } from '@parley/launcher/demo/seed'
import { groupTitle, messageText, personName } from '@parley/launcher/demo/words'

const conversations = 500
const longHistory = 10_000
const minute = 60_000
const day = 1_440 * minute
/** Those that are moved between, the first in the list; they are read and have as much to show. */
const known = 6
const emojis = ['👍', '🎉', '❤️', '😄']

export const viewer = 'viewer'
/** Writes to the viewer. */
export const friend = 'friend_1'
export const longTitle = 'The long one'

/** One person with 500 conversations, of which one has 10,000 messages and a fifth is unread. */
export const clientPlan: Demo = { name: 'client', username: viewer, people, conversations: plan, as: viewer }

function people(now: number): readonly PlannedPerson[] {
  const random = new Random(11)
  return Array.from({ length: conversations + 1 }, (_, index) => {
    const createdAt = now - 200 * day - index * minute
    const id = random.uuid(createdAt)
    const names =
      index === 0
        ? { username: viewer, displayName: 'Vera Wanders' }
        : { username: `friend_${index}`, displayName: personName(random) }
    return { id, ...names, createdAt: new Date(createdAt).toISOString() }
  })
}

function* plan(planned: readonly PlannedPerson[], now: number): Generator<PlannedConversation> {
  const random = new Random(12)
  const [first = '', ...others] = planned.map(({ id }) => id)
  for (let index = 0; index < conversations; index += 1) {
    const isLong = index === 0
    const isKnown = index <= known
    // The friend writes in all of the first ones.
    const more = index % 3 === 0 ? random.between(2, 11) : isKnown ? 2 : 0
    const other = others[isKnown ? 0 : index] ?? ''
    const rest = random.some(
      others.filter((id) => id !== other),
      more,
    )
    const count = isLong ? longHistory : isKnown ? 80 : random.between(3, 30)
    const lastAt = now - (index + 1) * 20 * minute
    const startedAt = lastAt - (isLong ? 180 : 20) * day
    const title = isLong ? longTitle : more === 0 ? null : groupTitle(random, index)
    const begun = beginning([first, other, ...rest], title, startedAt, random)
    const messages = planMessages(begun.memberIds, startedAt, lastAt, count, random)
    const unread = !isKnown && index % 5 === 0 ? Math.min(count, random.between(1, 40)) : 0
    const readLines = Object.fromEntries(
      begun.memberIds.map((id) => [id, count + 1 - (id === first ? unread : 0)] as const),
    )
    yield { ...begun, messages, readLines, changes: isLong ? planChanges(messages, begun.memberIds, random) : [] }
  }
}

const planMessages = (
  memberIds: readonly string[],
  from: number,
  to: number,
  count: number,
  random: Random,
): PlannedMessage[] =>
  Array.from({ length: count }, (_, index) => {
    const at = Math.floor(from + minute + ((to - from - minute) * (index + 1)) / count)
    return {
      id: random.uuid(at),
      clientId: random.uuid(at),
      authorId: random.pick(memberIds),
      at: new Date(at).toISOString(),
      text: messageText(random),
    }
  })

/** Some are edited, more have reactions. */
function planChanges(
  messages: readonly PlannedMessage[],
  memberIds: readonly string[],
  random: Random,
): PlannedChange[] {
  return messages.flatMap(({ id, authorId, at }, index): PlannedChange[] => {
    const common = { messageId: id, clientId: random.uuid(Date.parse(at)), at }
    if (index % 25 === 0) return [{ ...common, actorId: authorId, kind: 'edit', text: messageText(random) }]
    if (index % 8 === 0)
      return [{ ...common, actorId: random.pick(memberIds), kind: 'react', emoji: random.pick(emojis) }]
    return []
  })
}
