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
  readonly askedMs: Milliseconds
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
  /** By conversation and seq, ascending. */
  readonly logs: ReadonlyMap<string, ReadonlyMap<number, Entry>>
  /** By the id of the message, ascending by seq. */
  readonly versions: ReadonlyMap<string, readonly Version[]>
  /** The message that a call sent or changed. */
  readonly changed: ReadonlyMap<Call, string>
  /** The message whose thread a call changed, by a reply that it sent or deleted. */
  readonly roots: ReadonlyMap<Call, string>
  /** Events that no accepted or unanswered call explains. */
  readonly unexplained: readonly { readonly conversation: string; readonly entry: Entry }[]
}

export type MessageCheck = (history: readonly Operation[], model: Model) => readonly Violation[]

export const unsent: MessageState = {
  text: '',
  isEdited: false,
  isDeleted: false,
  reactions: [],
  pinnedBy: null,
  mentions: null,
  isInList: true,
  reply: null,
  thread: null,
}

/** What a deletion takes from every state of a message, those before it too. */
export const emptied = { text: '', reactions: [], pinnedBy: null, mentions: null, isDeleted: true } as const

/** A message before an event, with the one whose thread it is in. */
interface Before {
  readonly message: MessageState
  readonly root: MessageState | null
  readonly wish: Wish
  readonly user: string
}

/** What each kind of event does to its message. A kind that is not here leaves it as it is, and needs no call. */
const effects: Readonly<Record<string, (before: Before) => MessageState>> = {
  MessageSent: ({ wish: { text = '', mentions = null, reply }, root }) => ({
    ...unsent,
    text,
    mentions,
    isInList: reply?.alsoInConversation ?? true,
    reply: reply === undefined ? null : { root: reply.root, line: (root?.thread?.lines ?? 0) + 1 },
  }),
  MessageEdited: ({ message, wish: { text = '', mentions = null } }) => ({
    ...message,
    text,
    mentions,
    isEdited: true,
  }),
  MessageDeleted: ({ message }) => ({ ...message, ...emptied }),
  ReactionAdded: ({ message, wish, user }) => withReactions(message, added, wish, user),
  ReactionRemoved: ({ message, wish, user }) => withReactions(message, removed, wish, user),
  MessagePinned: ({ message, user }) => ({ ...message, pinnedBy: user }),
  MessageUnpinned: ({ message }) => ({ ...message, pinnedBy: null }),
}

/** What an event about a reply does to the message that its thread is about. */
const effectsOnRoot: Readonly<Record<string, (root: MessageState, user: string) => MessageState>> = {
  MessageSent: ({ thread, ...root }, user) => ({
    ...root,
    thread: {
      lines: (thread?.lines ?? 0) + 1,
      replies: (thread?.replies ?? 0) + 1,
      participants: [...(thread?.participants ?? []).filter((id) => id !== user), user],
    },
  }),
  MessageDeleted: ({ thread, ...root }) => ({
    ...root,
    thread: thread === null ? null : { ...thread, replies: thread.replies - 1 },
  }),
}

type Reactions = MessageState['reactions']
type ChangeOfReactions = (reactions: Reactions, emoji: string, user: string) => Reactions

const withReactions = (message: MessageState, change: ChangeOfReactions, { emoji = '' }: Wish, user: string) => ({
  ...message,
  reactions: change(message.reactions, emoji, user),
})

const added: ChangeOfReactions = (reactions, emoji, user) =>
  reactions.some((one) => one.emoji === emoji)
    ? reactions.map((one) => (one.emoji === emoji ? { emoji, users: [...one.users, user] } : one))
    : [...reactions, { emoji, users: [user] }]

const removed: ChangeOfReactions = (reactions, emoji, user) =>
  reactions
    .map((one) => (one.emoji === emoji ? { emoji, users: one.users.filter((id) => id !== user) } : one))
    .filter(({ users }) => users.length > 0)

/** What the messages must have been after each event of the reference log, by what was asked for and not by what was seen. */
export function modelOf(history: readonly Operation[]): Model {
  const calls = callsOf(history)
  const findCause = causes(history, calls)
  const logs = logsOf(history)
  const versions = new Map<string, Version[]>()
  const changed = new Map<Call, string>()
  const roots = new Map<Call, string>()
  const unexplained: { conversation: string; entry: Entry }[] = []
  const stateOf = (id: string | undefined) => (id === undefined ? null : (versions.get(id)?.at(-1)?.state ?? null))
  const put = (id: string, version: Version) => {
    const known = versions.get(id)
    if (known === undefined) versions.set(id, [version])
    else known.push(version)
  }
  for (const [conversation, log] of logs) {
    for (const entry of log.values()) {
      const { kind = '', about = null, seq } = entry
      if (about === null) continue
      const message = stateOf(about) ?? unsent
      const effect = effects[kind]
      if (effect === undefined) {
        put(about, { seq, state: message })
        continue
      }
      const call = findCause(conversation, entry)
      if (call === null) {
        unexplained.push({ conversation, entry })
        put(about, { seq, state: null })
        continue
      }
      const { wish, user } = call
      const rootId = wish.reply?.root ?? message.reply?.root
      const root = stateOf(rootId)
      changed.set(call, about)
      put(about, { seq, state: effect({ message, root, wish, user }) })
      const effectOnRoot = effectsOnRoot[kind]
      if (rootId === undefined || effectOnRoot === undefined) continue
      roots.set(call, rootId)
      put(rootId, { seq, state: root === null ? null : effectOnRoot(root, user) })
    }
  }
  return { calls: [...calls.values()], logs, versions, changed, roots, unexplained }
}

function callsOf(history: readonly Operation[]): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>()
  for (const [at, operation] of history.entries()) {
    if (operation.op === 'asked') {
      const { call: id, conversation, user, wish, ms = 0 } = operation
      calls.set(id, { id, conversation, user, wish, asked: at, askedMs: ms, end: null })
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
