import { operationsOf } from './history.ts'
import type { Milliseconds, Operation, OperationOf, Since } from './history.ts'
import type { Call } from './calls.ts'
import { membersOf } from './members.ts'
import type { MessageCheck, Model } from './message-model.ts'
import { violation } from './violation.ts'

/**
 * How long a stream may be behind what was acknowledged: the longest time for which a run stops a process, and what it
 * takes to notice that an upstream hangs and to end the streams that wait for it.
 */
const longestLagMs = 40_000

/**
 * I7: a text that was refused is nowhere, one of a conversation is shown to its members only, and one that was deleted is
 * in no answer once that was acknowledged. A stream is in order and may lag, so it shows a text until it, or its gateway,
 * has shown the deletion. A forward is one more writer of its text, in the conversation that it was sent to.
 */
export const noTextLeaks: MessageCheck = (history, model) => {
  const writers = Map.groupBy(
    model.calls.filter((call) => textOf(model, call) !== null),
    (call) => firstWord(textOf(model, call) ?? ''),
  )
  const isMember = membersOf(history)
  const deletions = deletionsOf(model)
  const toldOf = deletionsShown(history)
  const isGone = (call: Call, showed: OperationOf<'showed'>, at: Since) => {
    if ((call.end?.refusal ?? null) !== null) return true
    const message = model.changed.get(call) ?? call.wish.about ?? ''
    const deletion = deletions.get(message)
    if (showed.inFrame === undefined) return (deletion?.acknowledged ?? Infinity) < showed.since
    const { stream, seq, ms } = showed.inFrame
    const isLate = deletion !== undefined && (seq > deletion.seq || ms - deletion.ms > longestLagMs)
    return isLate || toldOf(stream, message, at)
  }
  return [...history.entries()].flatMap(([at, operation]) => {
    if (operation.op !== 'showed') return []
    const { viewer, words, inFrame } = operation
    return words.flatMap((word) => {
      const known = writers.get(word) ?? []
      const where = inFrame === undefined ? '' : ` in ${inFrame.stream} at ${inFrame.seq}`
      if (known.length === 0) return [violation('I7', `${viewer} was shown ${word}${where}, which nobody wrote`)]
      if (!known.some(({ conversation }) => isMember(viewer, conversation)))
        return [violation('I7', `${viewer} was shown ${word}${where}, of a conversation that they are not in`)]
      return known.every((call) => isGone(call, operation, at))
        ? [violation('I7', `${viewer} was shown ${word}${where} after it was deleted or refused`)]
        : []
    })
  })
}

/** What a call wrote; a forward, when it was done, the text of another. Null for nothing. */
function textOf({ changed, versions }: Model, call: Call): string | null {
  if (call.wish.sourceId === undefined) return call.wish.text ?? null
  return versions.get(changed.get(call) ?? '')?.[0]?.state?.text ?? null
}

export const firstWord = (text: string): string => text.split(' ')[0] ?? ''

interface Deletion {
  readonly seq: number
  /** When anybody was first told that it is done. */
  readonly acknowledged: Since
  readonly ms: Milliseconds
}

/** By the id of the message. */
function deletionsOf({ calls, versions }: Model): ReadonlyMap<string, Deletion> {
  const deletions = new Map<string, Deletion>()
  for (const [message, known] of versions) {
    const seq = known.find(({ state }) => state?.isDeleted === true)?.seq
    if (seq !== undefined) deletions.set(message, { seq, acknowledged: Infinity, ms: Infinity })
  }
  for (const { wish, end } of calls) {
    if (wish.kind !== 'MessageDeleted' || wish.about === null || end === null || end.seq === null) continue
    const { seq, acknowledged, ms } = deletions.get(wish.about) ?? {
      seq: end.seq,
      acknowledged: Infinity,
      ms: Infinity,
    }
    deletions.set(wish.about, { seq, acknowledged: Math.min(end.at, acknowledged), ms: Math.min(end.ms, ms) })
  }
  return deletions
}

/** Tells whether a stream has shown the deletion of a message before a time, or another one of its gateway before it was opened. */
function deletionsShown(history: readonly Operation[]) {
  const streams = new Map(operationsOf(history, 'opened').map((opened) => [opened.stream, opened]))
  const openedAt = new Map(
    [...history.entries()].flatMap(([at, one]) => (one.op === 'opened' ? [[one.stream, at]] : [])),
  )
  const shown = new Map<string, Since>()
  const add = (key: string, at: Since) => {
    if (!shown.has(key)) shown.set(key, at)
  }
  for (const [at, operation] of history.entries()) {
    if (operation.op !== 'delivered' || operation.entry.kind !== 'MessageDeleted') continue
    const { stream, entry } = operation
    const gateway = streams.get(stream)?.gateway
    add(`stream ${stream} ${entry.about}`, at)
    if (gateway !== undefined) add(`gateway ${gateway} ${entry.about}`, at)
  }
  return (stream: string, message: string, at: Since): boolean =>
    (shown.get(`stream ${stream} ${message}`) ?? Infinity) < at ||
    (shown.get(`gateway ${streams.get(stream)?.gateway} ${message}`) ?? Infinity) < (openedAt.get(stream) ?? 0)
}
