import { operationsOf } from './history.ts'
import type { MessageState, OperationOf } from './history.ts'
import { noTextLeaks } from './check-texts.ts'
import { hasReacted, modelOf } from './message-model.ts'
import type { Call, MessageCheck, Version } from './message-model.ts'
import { violation } from './violation.ts'
import type { Check } from './violation.ts'

/** I2: every event about a message was asked for, and no two calls made the same one. A deletion is answered by the first. */
const eachOnce: MessageCheck = (_, { calls, unexplained }) => {
  const unasked = unexplained.map(({ conversation, entry }) =>
    violation('I2', `nobody asked for ${entry.kind} of ${entry.about} at ${entry.seq} of ${conversation}`),
  )
  const done = calls.filter(({ wish, end }) => wish.kind !== 'MessageDeleted' && (end?.seq ?? null) !== null)
  const shared = Map.groupBy(done, ({ conversation, end }) => `${end?.seq} of ${conversation}`)
  const merged = [...shared].flatMap(([place, all]) =>
    all.length === 1 ? [] : [violation('I2', `${all.map(({ id }) => id).join(' and ')} are both answered by ${place}`)],
  )
  return [...unasked, ...merged]
}

/** I3: what was acknowledged before something else was asked for stands before it. */
const inRealTime: MessageCheck = (_, { calls }) => {
  const acknowledged = acknowledgements(calls, ({ conversation }) => conversation)
  return calls.flatMap(({ id, wish, conversation, asked, end }) => {
    if (wish.kind === 'MessageDeleted' || (end?.seq ?? null) === null) return []
    const before = acknowledged(conversation, asked)
    return (end?.seq ?? 0) > before
      ? []
      : [violation('I3', `${id} was asked for after ${before} of ${conversation}, and stands at ${end?.seq}`)]
  })
}

/** I5: of each version of a message there is one state, whoever sees it, and it is what was asked for. */
const oneState: MessageCheck = (history, { versions }) => {
  const told = new Set<string>()
  return operationsOf(history, 'saw').flatMap((saw) => {
    const known = versions.get(saw.message)
    const sentence = known === undefined ? 'is not in the log' : contradiction(saw, known)
    const key = `${saw.message} ${saw.version} ${saw.viewer} ${sentence}`
    if (sentence === null || told.has(key)) return []
    told.add(key)
    return [violation('I5', `${saw.message} in a ${saw.where} of ${saw.viewer} at ${saw.seq} ${sentence}`)]
  })
}

function contradiction({ seq, version, state }: OperationOf<'saw'>, versions: readonly Version[]): string | null {
  if (version < seq) return `has the older version ${version}`
  const found = versions.find((one) => one.seq === version)
  if (found === undefined) return `has the version ${version}, which none of its events made`
  if (found.state === null || canonical(state) === canonical(found.state)) return null
  // The log has lost the texts of a deleted message, so that an earlier event has the deletion too.
  const isErased = state.isDeleted && versions.some((one) => one.seq > version && one.state?.isDeleted === true)
  if (isErased && state.text === '' && state.reactions.length === 0) return null
  return `is ${JSON.stringify(state)} in version ${version} and must be ${JSON.stringify(found.state)}`
}

/** Comparable over the worlds of Jest, in which one array is not deeply equal to another. */
const canonical = (state: MessageState): string =>
  JSON.stringify(Object.entries(state).toSorted(([one], [other]) => (one < other ? -1 : 1)))

/** I5: in the end everybody has every message in its last version, by what arrived in any way. */
const sameEnd: MessageCheck = (history, { versions }) => {
  const seen = new Map<string, Map<string, number>>()
  for (const { viewer, message, version } of operationsOf(history, 'saw')) {
    const own = seen.get(viewer) ?? new Map<string, number>()
    own.set(message, Math.max(version, own.get(message) ?? 0))
    seen.set(viewer, own)
  }
  const readers = new Set(operationsOf(history, 'read-back').map(({ viewer }) => viewer))
  return [...readers].flatMap((viewer) =>
    [...(seen.get(viewer) ?? [])].flatMap(([message, version]) => {
      const last = versions.get(message)?.at(-1)?.seq ?? 0
      return version >= last
        ? []
        : [violation('I5', `${viewer} is left with version ${version} of ${message}, which is at ${last}`)]
    }),
  )
}

/** I1: an answer or page has everything that was acknowledged before it was asked for. */
const neverStale: MessageCheck = (history, { calls }) => {
  const ofMessage = acknowledgements(calls, ({ wish }) => wish.about ?? '')
  const ofConversation = acknowledgements(calls, ({ conversation }) => conversation)
  const states = operationsOf(history, 'saw').flatMap(({ where, viewer, message, version, since }) => {
    const least = where === 'frame' ? 0 : ofMessage(message, since)
    return version >= least
      ? []
      : [violation('I1', `${viewer} got version ${version} of ${message} after ${least} was acknowledged`)]
  })
  const pages = operationsOf(history, 'page').flatMap(({ conversation, viewer, since, headSeq }) => {
    const least = ofConversation(conversation, since)
    return headSeq >= least
      ? []
      : [violation('I1', `${viewer} read ${conversation} up to ${headSeq} after ${least} was acknowledged`)]
  })
  return [...states, ...pages]
}

/** I5: a reaction that was there already was there, and one that was not was not, at some time during the call. */
const nothingToDo: MessageCheck = (_, { calls, versions }) => {
  const acknowledged = acknowledgements(calls, ({ wish }) => wish.about ?? '')
  return calls.flatMap(({ id, wish, user, asked, end }) => {
    const { kind, about, emoji = '' } = wish
    const isReaction = kind === 'ReactionAdded' || kind === 'ReactionRemoved'
    if (!isReaction || about === null || end === null || end.seq !== null || end.refusal !== null) return []
    const known = versions.get(about) ?? []
    const later = calls.filter((call) => call.wish.about === about && call.asked > end.at)
    const until = Math.min(...later.map((call) => call.end?.seq ?? Infinity), Infinity)
    const from = known.findLastIndex(({ seq }) => seq <= acknowledged(about, asked))
    const during = known.slice(Math.max(0, from)).filter(({ seq }) => seq < until)
    const fits = ({ state }: Version) => state === null || hasReacted(state, emoji, user) === (kind === 'ReactionAdded')
    return during.some(fits) ? [] : [violation('I5', `${id} had nothing to do, but ${emoji} of ${user} was not so`)]
  })
}

/** I1: a refusal that a message is deleted or not there is true. */
const refusedRightly: MessageCheck = (_, { calls, versions }) =>
  calls.flatMap(({ id, wish, end }) => {
    const known = versions.get(wish.about ?? '') ?? []
    if (end?.refusal === 'NOT_FOUND' && known.length > 0)
      return [violation('I1', `${id} was told that there is no ${wish.about}, which is in the log`)]
    const isDeleted = known.some(({ state }) => state?.isDeleted === true)
    return end?.refusal === 'MESSAGE_DELETED' && !isDeleted
      ? [violation('I5', `${id} was told that ${wish.about} is deleted, which nobody did`)]
      : []
  })

/** I6: a read position moves back only when its owner marks a line unread. */
const onlyForward: MessageCheck = (history) => {
  const marks = new Map<string, { at: number; least: number }[]>()
  const keyOf = ({ viewer, conversation }: { viewer: string; conversation: string }) => `${viewer} ${conversation}`
  for (const [at, operation] of history.entries()) {
    if (operation.op !== 'marked') continue
    const own = marks.get(keyOf(operation)) ?? []
    const before = own.at(-1)?.least ?? 0
    const least = operation.isBack ? Math.min(before, operation.line - 1) : Math.max(before, operation.line)
    marks.set(keyOf(operation), [...own, { at, least }])
  }
  return operationsOf(history, 'position').flatMap((position) => {
    const own = marks.get(keyOf(position)) ?? []
    const last = own.findLastIndex(({ at }) => at < position.since)
    // Marks that were made while it was asked for may be in the answer or not.
    const least = Math.min(...own.slice(Math.max(0, last)).map((mark) => (last === -1 ? 0 : mark.least)), Infinity)
    return least === Infinity || position.readLine >= least
      ? []
      : [violation('I6', `${keyOf(position)} has read up to ${position.readLine} after ${least}`)]
  })
}

const all: readonly MessageCheck[] = [
  eachOnce,
  inRealTime,
  oneState,
  sameEnd,
  neverStale,
  noTextLeaks,
  nothingToDo,
  refusedRightly,
  onlyForward,
]

/** What holds for changes of messages, read positions and texts: all checks, over one model. */
export const messageChecks: readonly Check[] = [
  (history) => {
    const model = modelOf(history)
    return all.flatMap((check) => check(history, model))
  },
]

/** The highest seq that was acknowledged for a key before a time. */
function acknowledgements(calls: readonly Call[], keyOf: (call: Call) => string) {
  const known = new Map<string, { at: number; seq: number }[]>()
  const ends = calls.flatMap((call) => {
    const { end } = call
    return end === null || end.seq === null ? [] : [{ key: keyOf(call), at: end.at, seq: end.seq }]
  })
  for (const { key, at, seq } of ends.toSorted((one, other) => one.at - other.at)) {
    const own = known.get(key) ?? []
    own.push({ at, seq: Math.max(seq, own.at(-1)?.seq ?? 0) })
    known.set(key, own)
  }
  return (key: string, since: number): number => known.get(key)?.findLast(({ at }) => at < since)?.seq ?? 0
}
