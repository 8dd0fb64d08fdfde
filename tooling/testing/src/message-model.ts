import { callsOf, causes } from './calls.ts'
import type { Call } from './calls.ts'
import { originsOf } from './forwards.ts'
import type { Origin } from './forwards.ts'
import type { Entry, MessageState, Operation, Wish } from './history.ts'
import { logsOf } from './reference-log.ts'
import type { Violation } from './violation.ts'

/** A message after one of its events; the state is null when no call explains the event. */
export interface Version {
  readonly seq: number
  readonly state: MessageState | null
  /** The call that decided whom `@all` and `@here` stand for; null when nobody knows, and without one of them. */
  readonly called: Call | null
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
  editCount: 0,
  isDeleted: false,
  reactions: [],
  pinnedBy: null,
  mentions: null,
  isInList: true,
  reply: null,
  thread: null,
  replyToId: null,
  forwardedFromId: null,
}

/** What a deletion takes from every state of a message, those before it too. */
export const emptied = {
  text: '',
  reactions: [],
  pinnedBy: null,
  mentions: null,
  replyToId: null,
  forwardedFromId: null,
  isDeleted: true,
} as const

/** A message before an event, with the one whose thread it is in. */
interface Before {
  readonly message: MessageState
  readonly root: MessageState | null
  readonly wish: Wish
  readonly user: string
  /** Of a forward: what was forwarded. */
  readonly origin: Origin | null
}

/** What each kind of event does to its message. A kind that is not here leaves it as it is, and needs no call. */
const effects: Readonly<Record<string, (before: Before) => MessageState>> = {
  MessageSent: ({ wish: { text = '', mentions = null, reply, replyToId = null }, root, origin }) => ({
    ...unsent,
    text: origin?.text ?? text,
    forwardedFromId: origin?.authorId ?? null,
    mentions,
    replyToId,
    isInList: reply?.alsoInConversation ?? true,
    reply: reply === undefined ? null : { root: reply.root, line: (root?.thread?.lines ?? 0) + 1 },
  }),
  MessageEdited: ({ message, wish: { text = '', mentions = null } }) => ({
    ...message,
    text,
    mentions,
    isEdited: true,
    editCount: message.editCount + 1,
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
  const caused = new Map<Entry, Call | null>()
  for (const [conversation, log] of logs)
    for (const entry of log.values())
      if (effects[entry.kind ?? ''] !== undefined) caused.set(entry, findCause(conversation, entry))
  const originOf = originsOf(history, logs, caused)
  const versions = new Map<string, Version[]>()
  const changed = new Map<Call, string>()
  const roots = new Map<Call, string>()
  const unexplained: { conversation: string; entry: Entry }[] = []
  const lastOf = (id: string | undefined) => (id === undefined ? null : (versions.get(id)?.at(-1) ?? null))
  const put = (id: string, version: Version) => {
    const known = versions.get(id)
    if (known === undefined) versions.set(id, [version])
    else known.push(version)
  }
  for (const [conversation, log] of logs) {
    for (const entry of log.values()) {
      const { kind = '', about = null, seq } = entry
      if (about === null) continue
      const { state, called = null } = lastOf(about) ?? { state: null }
      const message = state ?? unsent
      const effect = effects[kind]
      const call = caused.get(entry) ?? null
      if (effect === undefined) put(about, { seq, state: message, called })
      else if (call === null) {
        unexplained.push({ conversation, entry })
        put(about, { seq, state: null, called: null })
      }
      if (effect === undefined || call === null) continue
      const { wish, user } = call
      const rootId = wish.reply?.root ?? message.reply?.root
      const before = lastOf(rootId)
      const root = before?.state ?? null
      changed.set(call, about)
      const after = effect({ message, root, wish, user, origin: originOf(call) })
      put(about, { seq, state: after, called: calledBy(call, after, { seq, state: message, called }) })
      const effectOnRoot = effectsOnRoot[kind]
      if (rootId === undefined || effectOnRoot === undefined) continue
      roots.set(call, rootId)
      const rootAfter = root === null ? null : effectOnRoot(root, user)
      put(rootId, { seq, state: rootAfter, called: before?.called ?? null })
    }
  }
  return { calls: [...calls.values()], logs, versions, changed, roots, unexplained }
}

/** A word that stays in a text stands for the same people. One that was there with another before may stand for those. */
function calledBy(call: Call, { mentions: now }: MessageState, before: Version): Call | null {
  if (now === null || !(now.all || now.here)) return null
  const former = before.state?.mentions ?? null
  if (former !== null && former.all === now.all && former.here === now.here) return before.called
  return former !== null && former.here && now.here ? null : call
}
