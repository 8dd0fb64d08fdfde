import { bookmarksAreOwn } from './check-bookmarks.ts'
import { memberChecks } from './check-members.ts'
import { messageChecks } from './check-messages.ts'
import { muteChecks } from './check-mutes.ts'
import { pinChecks } from './check-pins.ts'
import { quoteChecks } from './check-quotes.ts'
import { readingChecks } from './check-reading.ts'
import { noTextLeaks } from './check-texts.ts'
import { threadChecks } from './check-threads.ts'
import { versionsInOrder } from './check-versions.ts'
import { operationsOf } from './history.ts'
import type { Entry, Operation, OperationOf } from './history.ts'
import { modelOf } from './message-model.ts'
import type { MessageCheck } from './message-model.ts'
import { logsOf } from './reference-log.ts'
import { violation } from './violation.ts'
import type { Check } from './violation.ts'

/** All violations in a history, in the order of the invariants. Pure: the same history always gives the same result. */
export const checkHistory: Check = (history) => {
  const model = modelOf(history)
  return [...checks.flatMap((check) => check(history)), ...checksByModel.flatMap((check) => check(history, model))]
}

/** I1: an acknowledged write is never lost or changed. */
const nothingLost: Check = (history) => {
  const logs = logsOf(history)
  return operationsOf(history, 'acknowledged').flatMap(({ conversation, entry }) => {
    const log = logs.get(conversation)
    if (log === undefined)
      return [violation('I1', `${conversation} was not read back, so nothing is known about ${entry.id}`)]
    const found = log.get(entry.seq)
    if (found === undefined)
      return [violation('I1', `${entry.id}, acknowledged at ${entry.seq} of ${conversation}, is lost`)]
    if (found.id === entry.id) return []
    return [violation('I1', `${entry.id} was acknowledged at ${entry.seq} of ${conversation}, where ${found.id} is`)]
  })
}

/** I2: the same client id always gives the same result. */
const sameResult: Check = (history) => {
  const acknowledged = operationsOf(history, 'acknowledged').map(({ conversation, entry }) => ({ conversation, entry }))
  const kept = [...logsOf(history)].flatMap(([conversation, log]) =>
    [...log.values()].map((entry) => ({ conversation, entry })),
  )
  const sends = Map.groupBy(
    [...acknowledged, ...kept].filter(({ entry }) => entry.clientId !== null),
    ({ conversation, entry }) => [conversation, entry.actor, entry.clientId].join(' '),
  )
  return [...sends].flatMap(([send, results]) => {
    const different = new Set(results.map(({ entry }) => `${entry.id} at ${entry.seq}`))
    return different.size === 1
      ? []
      : [violation('I2', `one send (${send}) has several results: ${[...different].join(', ')}`)]
  })
}

/** I3: the order is total, gap-free and the same for every member. */
const oneOrder: Check = (history) => {
  const gaps = operationsOf(history, 'read-back').flatMap(({ conversation, viewer, headSeq, entries }) => {
    const seqs = entries.map(({ seq }) => seq)
    const whole = seqs.length === headSeq && seqs.every((seq, index) => seq === index + 1)
    return whole
      ? []
      : [violation('I3', `${viewer} read ${conversation} as ${seqs.join(' ')} with the head at ${headSeq}`)]
  })
  const seen = Map.groupBy(sightings(history), ({ conversation, entry }) => `${entry.seq} of ${conversation}`)
  const quarrels = [...seen].flatMap(([place, views]) => {
    const ids = new Set(views.map(({ entry }) => entry.id))
    return ids.size === 1 ? [] : [violation('I3', `members do not agree on ${place}: ${[...ids].join(', ')}`)]
  })
  return [...gaps, ...quarrels]
}

/** I4: a stream from a cursor delivers every event exactly once, in order, up to the awaited seq. */
const exactlyOnce: Check = (history) => {
  const delivered = Map.groupBy(operationsOf(history, 'delivered'), ({ stream }) => stream)
  const settled = Map.groupBy(operationsOf(history, 'settled'), ({ stream }) => stream)
  return operationsOf(history, 'opened').flatMap(({ stream, after }) => {
    const seqs = (delivered.get(stream) ?? []).map(({ entry }) => entry.seq)
    const wrong = seqs.findIndex((seq, index) => seq !== after + 1 + index)
    if (wrong !== -1)
      return [violation('I4', `stream ${stream} brought ${seqs[wrong]} where ${after + 1 + wrong} belongs`)]
    const awaited = Math.max(after, ...(settled.get(stream) ?? []).map(({ seq }) => seq))
    const last = after + seqs.length
    return last >= awaited
      ? []
      : [violation('I4', `stream ${stream} ended at ${last} and never brought up to ${awaited}`)]
  })
}

/** I6: the unread count equals a recount of the log: the lines of others after the read position. */
const unreadRecounted: Check = (history) => {
  const logs = logsOf(history)
  return operationsOf(history, 'unread').flatMap(({ conversation, viewer, readLine, unread }) => {
    const log = logs.get(conversation)
    if (log === undefined) return [violation('I6', `${conversation} was not read back to recount for ${viewer}`)]
    const others = [...log.values()].filter(({ line, actor }) => line !== null && line > readLine && actor !== viewer)
    return others.length === unread
      ? []
      : [violation('I6', `${viewer} is told ${unread} unread in ${conversation}; a recount gives ${others.length}`)]
  })
}

/** I7: no user receives what they may not. A member may read events before they joined, and none after they left. */
const nothingLeaked: Check = (history) => {
  const joined = new Set(operationsOf(history, 'joined').map(membership))
  const until = new Map<string, number>()
  for (const operation of history) {
    if (operation.op === 'left') until.set(membership(operation), operation.seq)
    if (operation.op === 'joined') until.delete(membership(operation))
  }
  const strangers = operationsOf(history, 'saw')
    .filter(({ conversation, viewer }) => !joined.has(membership({ conversation, user: viewer })))
    .map(({ conversation, viewer, message }) =>
      violation('I7', `${viewer}, never a member of ${conversation}, was shown ${message}`),
    )
  const received = sightings(history).flatMap(({ conversation, viewer, entry }) => {
    const key = membership({ conversation, user: viewer })
    if (!joined.has(key)) return [violation('I7', `${viewer}, never a member of ${conversation}, received ${entry.id}`)]
    const last = until.get(key) ?? Infinity
    return entry.seq <= last
      ? []
      : [violation('I7', `${viewer} left ${conversation} at ${last} and received ${entry.seq}`)]
  })
  return [...received, ...strangers]
}

const checks: readonly Check[] = [nothingLost, sameResult, oneOrder, exactlyOnce, unreadRecounted, nothingLeaked]

/** What follows from what was asked for. */
const checksByModel: readonly MessageCheck[] = [
  ...messageChecks,
  noTextLeaks,
  ...threadChecks,
  ...pinChecks,
  ...readingChecks,
  bookmarksAreOwn,
  ...memberChecks,
  ...quoteChecks,
  ...muteChecks,
  versionsInOrder,
]

interface Sighting {
  readonly conversation: string
  readonly viewer: string
  readonly entry: Entry
}

/** Every event that any client saw, in any way. */
function sightings(history: readonly Operation[]): readonly Sighting[] {
  const streams = new Map(operationsOf(history, 'opened').map((opened) => [opened.stream, opened]))
  const live = operationsOf(history, 'delivered').map(({ stream, entry }) => ({
    ...openedBefore(streams, stream),
    entry,
  }))
  const read = operationsOf(history, 'read-back').flatMap(({ conversation, viewer, entries }) =>
    entries.map((entry) => ({ conversation, viewer, entry })),
  )
  return [...live, ...read]
}

function openedBefore(streams: ReadonlyMap<string, OperationOf<'opened'>>, stream: string): OperationOf<'opened'> {
  const opened = streams.get(stream)
  if (opened === undefined) throw new Error(`The history has deliveries of ${stream} and not its opening`)
  return opened
}

const membership = ({ conversation, user }: { conversation: string; user: string }): string => `${conversation} ${user}`
