import type { PlannedConversation, PlannedMessage, PlannedPerson } from '@parley/contracts/demo-plan'
import { v5 } from 'uuid'
import { Random } from './random.ts'
import { groupTitle, messageText, personName } from './words.ts'

const day = 86_400_000
const historyDays = 180

export interface Size {
  readonly people: number
  readonly conversations: number
  readonly messages: number
  /** Of the first user, whose name is `demo`. */
  readonly conversationsOfFirst: number
}

export const large: Size = { people: 1_000, conversations: 2_000, messages: 300_000, conversationsOfFirst: 500 }

/** The same namespace as in the conversation subgraph; its import refuses a plan that differs. */
const directConversations = 'b3ab2f5e-3f0c-4d53-9c7a-0d6e3f7f5a11'
const directId = (one: string, other: string): string => v5([one, other].sort().join('+'), directConversations)

export function planPeople(size: Size, now: number): PlannedPerson[] {
  const random = new Random(1)
  return Array.from({ length: size.people }, (_, index) => {
    const at = now - historyDays * day - index * 60_000
    const createdAt = new Date(at).toISOString()
    if (index === 0) return { id: random.uuid(at), username: 'demo', displayName: 'Demo Person', createdAt }
    return { id: random.uuid(at), username: `demo_${index}`, displayName: personName(random), createdAt }
  })
}

type Begun = Omit<PlannedConversation, 'messages' | 'readLines'>

/** The conversations by rank of size: the first has most messages, by a power law. */
export function* planConversations(
  size: Size,
  people: readonly PlannedPerson[],
  now: number,
): Generator<PlannedConversation> {
  const random = new Random(2)
  const begun = beginnings(size, people, now, random)
  const weights = begun.map((_, rank) => (rank + 3) ** -0.85)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let left = size.messages
  for (const [rank, conversation] of begun.entries()) {
    const share = Math.round((size.messages * (weights[rank] ?? 0)) / total)
    const count = rank === begun.length - 1 ? left : Math.min(left, Math.max(1, share))
    left -= count
    const messages = planMessages(conversation, count, now, random)
    yield { ...conversation, messages, readLines: readings(conversation.memberIds, count + 1, random) }
  }
}

function beginnings(size: Size, people: readonly PlannedPerson[], now: number, random: Random): Begun[] {
  const [first, ...others] = people.map(({ id }) => id)
  if (first === undefined) throw new Error('A plan needs people')
  const pairs = new Set<string>()
  return Array.from({ length: size.conversations }, (_, index) => {
    const withFirst = index % Math.round(size.conversations / size.conversationsOfFirst) === 0
    const startedAt = now - random.between(1, historyDays - 1) * day - random.between(0, day)
    const members = memberCount(index / size.conversations, random)
    let memberIds: string[]
    do memberIds = withFirst ? [first, ...random.some(others, members - 1)] : random.some(others, members)
    while (members === 2 && pairs.has([...memberIds].sort().join()))
    if (members === 2) pairs.add([...memberIds].sort().join())
    const title = memberIds.length === 2 ? null : groupTitle(random, index + 1)
    return beginning(memberIds, title, startedAt, random)
  })
}

/** Two people are in a direct conversation, which has no title. */
export function beginning(
  memberIds: readonly string[],
  title: string | null,
  startedAt: number,
  random: Random,
): Begun {
  const [creator = '', other = ''] = memberIds
  const clientId = random.uuid(startedAt)
  const direct = memberIds.length === 2
  const id = direct ? directId(creator, other) : v5(clientId, creator)
  return {
    id,
    kind: direct ? 'direct' : 'group',
    title,
    clientId,
    startedEventId: v5('1', id),
    startedAt: new Date(startedAt).toISOString(),
    memberIds,
  }
}

/** Few big groups, more small ones, and mostly two people; `rank` from 0 to 1. */
function memberCount(rank: number, random: Random): number {
  if (rank < 0.006) return random.between(60, 100)
  if (rank < 0.08) return random.between(15, 40)
  return random.next() < 0.33 ? random.between(3, 12) : 2
}

function planMessages({ memberIds, startedAt }: Begun, count: number, now: number, random: Random): PlannedMessage[] {
  const from = Date.parse(startedAt) + 1_000
  return Array.from({ length: count }, (_, index) => {
    const at = from + Math.floor(((now - from - 60_000) * (index + 1)) / count)
    return {
      id: random.uuid(at),
      clientId: random.uuid(at),
      authorId: random.pick(memberIds),
      at: new Date(at).toISOString(),
      text: messageText(random),
    }
  })
}

/** Most have read everything, many lack a few messages, some lack hundreds, and a few have read nothing. */
function readings(memberIds: readonly string[], lines: number, random: Random): Record<string, number> {
  const behind = (): number => {
    const kind = random.next()
    if (kind < 0.75) return 0
    if (kind < 0.95) return random.between(1, 20)
    return kind < 0.995 ? random.between(20, 200) : lines
  }
  const read = memberIds.map((id) => [id, Math.max(0, lines - behind())] as const)
  return Object.fromEntries(read.filter(([, line]) => line > 0))
}
