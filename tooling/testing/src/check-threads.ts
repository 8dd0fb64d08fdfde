import { operationsOf } from './history.ts'
import type { Entry, OperationOf } from './history.ts'
import { mentionsIn } from './mentioned.ts'
import type { MessageCheck, Model, Version } from './message-model.ts'
import { violation } from './violation.ts'

/** A reply that was sent, at its line of a thread. */
interface Reply {
  readonly line: number
  readonly entry: Entry
  /** As it was sent. */
  readonly sent: Version
}

/** By the id of the root, in the order of their lines. */
function threadsOf({ logs, versions }: Model): ReadonlyMap<string, readonly Reply[]> {
  const threads = new Map<string, Reply[]>()
  for (const log of logs.values()) {
    for (const entry of log.values()) {
      const sent = entry.kind === 'MessageSent' ? versions.get(entry.id)?.[0] : undefined
      const place = sent?.state?.reply ?? null
      if (sent === undefined || place === null) continue
      threads.set(place.root, [...(threads.get(place.root) ?? []), { line: place.line, entry, sent }])
    }
  }
  return threads
}

/** I3: the lines of a thread are total, gap-free and the same for every member. */
const linesWithoutGap: MessageCheck = (history, model) => {
  const threads = threadsOf(model)
  return operationsOf(history, 'thread').flatMap(({ root, viewer, lines, replies, isQuiet }) => {
    const all = threads.get(root) ?? []
    const gap = lines.findIndex((line, index) => index > 0 && line !== (lines[index - 1] ?? 0) + 1)
    const other = lines.findIndex((line, index) => all[line - 1]?.entry.id !== replies[index])
    const isCut = isQuiet && lines.at(-1) !== all.at(-1)?.line
    if (gap === -1 && other === -1 && !isCut) return []
    return [
      violation('I3', `${viewer} read the thread of ${root}, which has ${all.length} lines, as ${lines.join(' ')}`),
    ]
  })
}

/** I6: what is unread in a thread, and who follows it, equal a recount from the log. */
const threadsRecounted: MessageCheck = (history, model) => {
  const threads = threadsOf(model)
  const isMentioned = mentionsIn(history)
  const authors = new Map(
    [...model.logs.values()].flatMap((log) =>
      [...log.values()].flatMap(({ kind, id, actor }) => (kind === 'MessageSent' ? [[id, actor] as const] : [])),
    ),
  )
  const isMember = new Set(operationsOf(history, 'joined').map(({ user }) => user))
  const moved = new Set([...model.logs.values()].flatMap((log) => [...log.values()].map(({ member }) => member)))
  return operationsOf(history, 'thread').flatMap(({ root, viewer, readLine, unread, isFollowed, isQuiet }) => {
    if (!isQuiet) return []
    const all = threads.get(root) ?? []
    const others = all.filter(({ line, entry }) => line > readLine && entry.actor !== viewer)
    const reasons = all.map(({ entry, sent }) => entry.actor === viewer || isMentioned(sent, viewer))
    const follows = authors.get(root) === viewer || reasons.includes(true)
    // Whether @all was for somebody who has come and gone is not known.
    const isKnown = isMember.has(viewer) && !moved.has(viewer) && (follows || !reasons.includes(null))
    return [
      ...(others.length === unread
        ? []
        : [
            violation(
              'I6',
              `${viewer} is told ${unread} unread in the thread of ${root}; a recount gives ${others.length}`,
            ),
          ]),
      ...(isKnown && follows !== isFollowed
        ? [
            violation(
              'I6',
              `${viewer} ${isFollowed ? 'follows' : 'does not follow'} the thread of ${root}, and must not`,
            ),
          ]
        : []),
    ]
  })
}

/** I6: a position in a thread moves forward only, to the line that was read and over own replies. */
const threadsReadForward: MessageCheck = (history, model) => {
  const threads = threadsOf(model)
  const marks = Map.groupBy(
    [...history.entries()].flatMap(([at, one]) => (one.op === 'marked-thread' ? [{ at, ...one }] : [])),
    ({ viewer, root }) => `${viewer} ${root}`,
  )
  return operationsOf(history, 'thread').flatMap((thread: OperationOf<'thread'>) => {
    const { root, viewer, since, readLine } = thread
    const own = marks.get(`${viewer} ${root}`) ?? []
    const least = Math.max(0, ...own.filter(({ at }) => at < since).map(({ line }) => line))
    let most = Math.max(0, ...own.map(({ line }) => line))
    const all = threads.get(root) ?? []
    while (all[most]?.entry.actor === viewer) most += 1
    return readLine >= least && readLine <= most
      ? []
      : [violation('I6', `${viewer} has read the thread of ${root} up to ${readLine}, not from ${least} to ${most}`)]
  })
}

/** I1: what was refused as a thread of a thread is one. */
const refusedAsReply: MessageCheck = (_, { calls, versions }) =>
  calls.flatMap(({ id, wish, end }) => {
    if (end?.refusal !== 'THREAD_IN_THREAD') return []
    const state = versions.get(wish.reply?.root ?? '')?.[0]?.state
    return state?.reply === null ? [violation('I1', `${id} was told that ${wish.reply?.root} is a reply`)] : []
  })

export const threadChecks: readonly MessageCheck[] = [
  linesWithoutGap,
  threadsRecounted,
  threadsReadForward,
  refusedAsReply,
]
