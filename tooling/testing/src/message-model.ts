import { operationsOf } from './history.ts'
import type { Entry, MessageState, Milliseconds, Operation, Since, Wish } from './history.ts'
import { logsOf } from './reference-log.ts'
import type { Violation } from './violation.ts'

/** A change that was asked for, with all of its repetitions. */
export interface Call {
  readonly id: string
  readonly conversation: string
  readonly user: string
  readonly wish: Wish
  readonly asked: Since
  /** Null while nobody knows: it may have been done, once. */
  end: {
    readonly at: Since
    readonly ms: Milliseconds
    readonly seq: number | null
    readonly refusal: string | null
  } | null
}

/** A message after one of its events; the state is null when no call explains the event. */
export interface Version {
  readonly seq: number
  readonly state: MessageState | null
}

export interface Model {
  readonly calls: readonly Call[]
  /** By the id of the message, ascending by seq. */
  readonly versions: ReadonlyMap<string, readonly Version[]>
  /** The message that a call sent or changed. */
  readonly changed: ReadonlyMap<Call, string>
  /** Events that no accepted or unanswered call explains. */
  readonly unexplained: readonly { readonly conversation: string; readonly entry: Entry }[]
}

export type MessageCheck = (history: readonly Operation[], model: Model) => readonly Violation[]

const unsent: MessageState = { text: '', isEdited: false, isDeleted: false, reactions: [] }

/** What each kind of event does to its message. A kind that is not here leaves it as it is, and needs no call. */
const effects: Readonly<Record<string, (before: MessageState, wish: Wish, user: string) => MessageState>> = {
  MessageSent: (_, { text = '' }) => ({ ...unsent, text }),
  MessageEdited: (before, { text = '' }) => ({ ...before, text, isEdited: true }),
  MessageDeleted: (before) => ({ ...before, text: '', isDeleted: true, reactions: [] }),
  ReactionAdded: (before, { emoji = '' }, user) => ({ ...before, reactions: added(before.reactions, emoji, user) }),
  ReactionRemoved: (before, { emoji = '' }, user) => ({ ...before, reactions: removed(before.reactions, emoji, user) }),
}

type Reactions = MessageState['reactions']

const added = (reactions: Reactions, emoji: string, user: string): Reactions =>
  reactions.some((one) => one.emoji === emoji)
    ? reactions.map((one) => (one.emoji === emoji ? { emoji, users: [...one.users, user] } : one))
    : [...reactions, { emoji, users: [user] }]

const removed = (reactions: Reactions, emoji: string, user: string): Reactions =>
  reactions
    .map((one) => (one.emoji === emoji ? { emoji, users: one.users.filter((id) => id !== user) } : one))
    .filter(({ users }) => users.length > 0)

export const hasReacted = ({ reactions }: MessageState, emoji: string, user: string): boolean =>
  reactions.some((one) => one.emoji === emoji && one.users.includes(user))

/** What the messages must have been after each event of the reference log, by what was asked for and not by what was seen. */
export function modelOf(history: readonly Operation[]): Model {
  const calls = callsOf(history)
  const findCause = causes(history, calls)
  const versions = new Map<string, Version[]>()
  const changed = new Map<Call, string>()
  const unexplained: { conversation: string; entry: Entry }[] = []
  for (const [conversation, log] of logsOf(history)) {
    for (const entry of [...log.values()].toSorted((one, other) => one.seq - other.seq)) {
      const { kind = '', about = null, seq } = entry
      if (about === null) continue
      const known = versions.get(about) ?? []
      const before = known.at(-1)?.state ?? unsent
      const effect = effects[kind]
      const call = effect === undefined ? null : findCause(conversation, entry)
      if (effect !== undefined && call === null) unexplained.push({ conversation, entry })
      if (call !== null) changed.set(call, about)
      const state = effect === undefined ? before : call === null ? null : effect(before, call.wish, call.user)
      versions.set(about, [...known, { seq, state }])
    }
  }
  return { calls: [...calls.values()], versions, changed, unexplained }
}

function callsOf(history: readonly Operation[]): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>()
  for (const [at, operation] of history.entries()) {
    if (operation.op === 'asked') {
      const { call: id, conversation, user, wish } = operation
      calls.set(id, { id, conversation, user, wish, asked: at, end: null })
    }
    if (operation.op === 'accepted') {
      const { seq, ms = Infinity } = operation
      end(calls, operation.call, { at, ms, seq, refusal: null })
    }
    if (operation.op === 'refused') end(calls, operation.call, { at, ms: Infinity, seq: null, refusal: operation.code })
  }
  return calls
}

function end(calls: ReadonlyMap<string, Call>, id: string, how: Call['end']): void {
  const call = calls.get(id)
  if (call === undefined) throw new Error(`The history has the end of ${id} and not its beginning`)
  call.end = how
}

/** Finds the call that made an event: the one that was told its seq, or one that was told nothing and asked for this. */
function causes(history: readonly Operation[], calls: ReadonlyMap<string, Call>) {
  const place = (conversation: string, seq: number) => `${conversation} ${seq}`
  const told = new Map<string, Call[]>()
  const untold = new Set<Call>()
  for (const call of calls.values()) {
    if (call.end === null) untold.add(call)
    else if (call.end.seq !== null) {
      const key = place(call.conversation, call.end.seq)
      told.set(key, [...(told.get(key) ?? []), call])
    }
  }
  const texts = new Map(operationsOf(history, 'saw').map((saw) => [place(saw.message, saw.version), saw.state.text]))
  return (conversation: string, entry: Entry): Call | null => {
    const { kind, about, actor, clientId, seq } = entry
    const fits = ({ wish, user, conversation: where, id }: Call) =>
      where === conversation &&
      wish.kind === kind &&
      user === actor &&
      (kind === 'MessageSent' ? id === clientId : wish.about === about)
    const answered = told.get(place(conversation, seq))?.find(fits)
    if (answered !== undefined) return answered
    const candidates = [...untold].filter(fits)
    const text = texts.get(place(about ?? '', seq))
    const found = candidates.find(({ wish }) => wish.text === text) ?? candidates[0]
    if (found !== undefined) untold.delete(found)
    return found ?? null
  }
}
