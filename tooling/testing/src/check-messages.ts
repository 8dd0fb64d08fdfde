import { operationsOf } from './history.ts'
import type { MessageState, OperationOf, Wish } from './history.ts'
import type { Call } from './calls.ts'
import { homesOf, mayBeOut, membersOf, spellsOf } from './members.ts'
import { emptied } from './message-model.ts'
import type { MessageCheck, Version } from './message-model.ts'
import { violation } from './violation.ts'

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
  const acknowledged = acknowledgements(calls, ({ conversation }) => [conversation])
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
  const isErased = versions.some((one) => one.seq > version && one.state?.isDeleted === true)
  if (isErased && canonical(state) === canonical({ ...found.state, ...emptied })) return null
  return `is ${JSON.stringify(state)} in version ${version} and must be ${JSON.stringify(found.state)}`
}

/** Comparable over the worlds of Jest, in which one array is not deeply equal to another; in any order of fields. */
const canonical = (state: MessageState): string =>
  JSON.stringify(state, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )

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
const neverStale: MessageCheck = (history, { calls, changed, roots }) => {
  const ofMessage = acknowledgements(calls, (call) => [changed.get(call), roots.get(call)])
  const ofConversation = acknowledgements(calls, ({ conversation }) => [conversation])
  const states = operationsOf(history, 'saw').flatMap(({ where, viewer, message, version, since }) => {
    const least = where === 'frame' || where === 'newest' ? 0 : ofMessage(message, since)
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

/** I5: what needed no change was as it was wished, at some time during the call. */
const nothingToDo: MessageCheck = (_, { calls, versions }) => {
  const acknowledged = acknowledgements(calls, ({ wish }) => [wish.about])
  return calls.flatMap(({ id, wish, user, asked, end }) => {
    const { kind, about } = wish
    const isSo = alreadySo[kind]
    if (isSo === undefined || about === null || end === null || end.seq !== null || end.refusal !== null) return []
    const known = versions.get(about) ?? []
    const before = acknowledged(about, asked)
    // A later call may be told of an event of before: somebody else had done the same.
    const later = calls.filter((call) => call.wish.about === about && call.asked > end.at)
    const until = Math.min(...later.map((call) => call.end?.seq ?? Infinity).filter((seq) => seq > before), Infinity)
    const from = known.findLastIndex(({ seq }) => seq <= before)
    const during = known.slice(Math.max(0, from)).filter(({ seq }) => seq < until)
    return during.some(({ state }) => state === null || isSo(state, wish, user))
      ? []
      : [violation('I5', `${id}, ${kind} of ${about} by ${user}, had nothing to do, but it was not so`)]
  })
}

/** When each kind of change has nothing to do. */
const alreadySo: Readonly<Record<string, (state: MessageState, wish: Wish, user: string) => boolean>> = {
  ReactionAdded: (state, { emoji = '' }, user) => hasReacted(state, emoji, user),
  ReactionRemoved: (state, { emoji = '' }, user) => !hasReacted(state, emoji, user),
  MessagePinned: ({ pinnedBy }) => pinnedBy !== null,
  MessageUnpinned: ({ pinnedBy }) => pinnedBy === null,
}

const hasReacted = ({ reactions }: MessageState, emoji: string, user: string): boolean =>
  reactions.some((one) => one.emoji === emoji && one.users.includes(user))

/** I1: a refusal that a message is deleted or not there is true. */
const refusedRightly: MessageCheck = (history, model) => {
  const { calls, versions } = model
  const spells = spellsOf(history, model)
  const homes = homesOf(model)
  const isMember = membersOf(history)
  return calls.flatMap((call) => {
    const { id, wish, user, end } = call
    const named = [wish.about, wish.reply?.root, wish.sourceId].flatMap((message) => message ?? [])
    const isOut = [call.conversation, ...named.flatMap((message) => homes.get(message) ?? [])].some(
      (conversation) => !isMember(user, conversation) || mayBeOut(spells, { ...call, conversation }),
    )
    const isThere = named.length > 0 && named.every((message) => versions.has(message))
    if (end?.refusal === 'NOT_FOUND' && isThere && !isOut)
      return [violation('I1', `${id} was told that there is no ${named.join(' or ')}, which is in the log`)]
    const isDeleted = [...named, wish.replyToId ?? ''].some((message) =>
      versions.get(message)?.some(({ state }) => state?.isDeleted === true),
    )
    return end?.refusal === 'MESSAGE_DELETED' && !isDeleted
      ? [violation('I5', `${id} was told that ${named.join(' or ')} is deleted, which nobody did`)]
      : []
  })
}

/** What holds for changes of messages. */
export const messageChecks: readonly MessageCheck[] = [
  eachOnce,
  inRealTime,
  oneState,
  sameEnd,
  neverStale,
  nothingToDo,
  refusedRightly,
]

/** The highest seq that was acknowledged for a key before a time. */
function acknowledgements(calls: readonly Call[], keysOf: (call: Call) => readonly (string | null | undefined)[]) {
  const known = new Map<string, { at: number; seq: number }[]>()
  const ends = calls.flatMap((call) => {
    const { end } = call
    if (end === null || end.seq === null) return []
    const { at, seq } = end
    return keysOf(call).flatMap((key) => (key === null || key === undefined ? [] : [{ key, at, seq }]))
  })
  for (const { key, at, seq } of ends.toSorted((one, other) => one.at - other.at)) {
    const own = known.get(key) ?? []
    own.push({ at, seq: Math.max(seq, own.at(-1)?.seq ?? 0) })
    known.set(key, own)
  }
  return (key: string, since: number): number => known.get(key)?.findLast(({ at }) => at < since)?.seq ?? 0
}
