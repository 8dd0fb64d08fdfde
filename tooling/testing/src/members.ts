import { operationsOf } from './history.ts'
import type { Entry, Milliseconds, Operation, Since } from './history.ts'
import type { Call } from './calls.ts'
import type { Model } from './message-model.ts'

/** How long after an event of the log each process may still answer by what was before: I7. */
const promisedMs = 2_000

/** When an event about a member may have begun to count, and when somebody was first shown it. */
interface Turn {
  readonly seq: number
  readonly from: Since
  readonly shown: Milliseconds
}

/** A time during which a user was no member of a conversation. */
interface Spell {
  readonly conversation: string
  readonly user: string
  readonly removal: Turn
  readonly back: Turn | null
}

export type Spells = readonly Spell[]

export const isAboutMember = ({ kind }: Entry): boolean => kind === 'MemberLeft' || kind === 'MemberJoined'

/** The conversation of each message. */
export const homesOf = ({ logs }: Pick<Model, 'logs'>): ReadonlyMap<string, string> =>
  new Map(
    [...logs].flatMap(([conversation, log]) =>
      [...log.values()].flatMap(({ kind, id }) => (kind === 'MessageSent' ? [[id, conversation] as const] : [])),
    ),
  )

/** Who was ever a member. */
export function membersOf(history: readonly Operation[]): (user: string, conversation: string) => boolean {
  const members = new Set(operationsOf(history, 'joined').map(({ user, conversation }) => `${user} ${conversation}`))
  return (user, conversation) => members.has(`${user} ${conversation}`)
}

/** The spells of all who have left, by the log. */
export function spellsOf(history: readonly Operation[], { logs, calls }: Pick<Model, 'logs' | 'calls'>): Spells {
  const shown = firstShown(history)
  return [...logs].flatMap(([conversation, log]) => {
    const changes = [...log.values()].filter(isAboutMember)
    return [...Map.groupBy(changes, ({ member = '' }) => member)].flatMap(([user, own]) => {
      let before: Since = 0
      const turns = own.map((entry) => {
        const from = beginning(calls, conversation, entry, before)
        before = from
        return { entry, turn: { seq: entry.seq, from, shown: shown.get(`${conversation} ${entry.seq}`) ?? Infinity } }
      })
      return turns.flatMap(({ entry, turn }, index) =>
        entry.kind === 'MemberLeft'
          ? [{ conversation, user, removal: turn, back: turns[index + 1]?.turn ?? null }]
          : [],
      )
    })
  })
}

/**
 * When the first call was asked that may have made this event: one that was not answered before the event before about
 * this member may have begun. The log shows events later than the calls are answered, after an outage of Kafka by much.
 */
function beginning(calls: readonly Call[], conversation: string, { kind, member }: Entry, before: Since): Since {
  const possible = calls.filter(
    (call) =>
      call.conversation === conversation &&
      call.wish.kind === kind &&
      call.wish.member === member &&
      (call.end?.at ?? Infinity) >= before,
  )
  return Math.min(...possible.map(({ asked }) => asked), Infinity)
}

function firstShown(history: readonly Operation[]): ReadonlyMap<string, Milliseconds> {
  const streams = new Map(operationsOf(history, 'opened').map(({ stream, conversation }) => [stream, conversation]))
  const shown = new Map<string, Milliseconds>()
  for (const { stream, entry, ms = Infinity } of operationsOf(history, 'delivered')) {
    const key = `${streams.get(stream)} ${entry.seq}`
    if (isAboutMember(entry) && !shown.has(key)) shown.set(key, ms)
  }
  return shown
}

interface Span {
  readonly conversation: string
  readonly user: string
  readonly asked: Milliseconds
  readonly answered: Since
}

/** The spell in which this began and ended, if there is one: what was asked for may not have been given. */
export const spellDuring = (spells: Spells, { conversation, user, asked, answered }: Span): Spell | null =>
  spells.find(
    (spell) =>
      spell.conversation === conversation &&
      spell.user === user &&
      spell.removal.shown + promisedMs < asked &&
      (spell.back === null || spell.back.from > answered),
  ) ?? null

/** Whether a refusal because its user is no member may be right. */
export const mayBeOut = (spells: Spells, { conversation, user, askedMs, end }: Call): boolean =>
  spells.some(
    (spell) =>
      spell.conversation === conversation &&
      spell.user === user &&
      spell.removal.from < (end?.at ?? Infinity) &&
      (spell.back === null || spell.back.shown + promisedMs > askedMs),
  )

/** The spell in which an event may not reach a user, if there is one. */
export const spellWithout = (
  spells: Spells,
  { conversation, user, seq, at }: { conversation: string; user: string; seq: number; at: Since },
): Spell | null =>
  spells.find(
    (spell) =>
      spell.conversation === conversation &&
      spell.user === user &&
      seq > spell.removal.seq &&
      (spell.back === null || spell.back.from > at),
  ) ?? null
