import { operationsOf } from './history.ts'
import type { MessageCheck, Model } from './message-model.ts'
import { violation } from './violation.ts'

const pinsAllowed = 100

/** I6: the number of pinned messages that an event tells is that of the messages that are pinned after it, and never too high. */
const pinsCounted: MessageCheck = (history, model) => {
  const counts = new Map([...model.logs.keys()].map((conversation) => [conversation, pinsAfter(model, conversation)]))
  const streams = new Map(operationsOf(history, 'opened').map(({ stream, conversation }) => [stream, conversation]))
  const told = [
    ...operationsOf(history, 'delivered').map(({ stream, entry }) => ({
      conversation: streams.get(stream) ?? '',
      entry,
    })),
    ...operationsOf(history, 'acknowledged'),
  ].flatMap(({ conversation, entry: { seq, pins } }) => {
    const right = counts.get(conversation)?.get(seq)
    return pins === undefined || right === undefined || pins === right
      ? []
      : [violation('I6', `${seq} of ${conversation} tells of ${pins} pinned messages; a recount gives ${right}`)]
  })
  const tooMany = [...counts].flatMap(([conversation, after]) =>
    [...after].flatMap(([seq, count]) =>
      count <= pinsAllowed ? [] : [violation('I6', `${count} messages are pinned after ${seq} of ${conversation}`)],
    ),
  )
  return [...told, ...tooMany]
}

/** Of two processes that pin at once, the clocks decide which is the newer one, and not the log: so many events apart. */
const atOnce = 5

/** I6: the list of pinned messages is that of the messages that are pinned, the newest pin first. */
const pinsListed: MessageCheck = (history, model) =>
  operationsOf(history, 'pinned').flatMap(({ conversation, viewer, count, messages }) => {
    const pins = pinnedIn(model, conversation)
    const seqs = messages.map((message) => pins.get(message) ?? NaN)
    const isWhole = [count, messages.length, new Set(messages).size].every((size) => size === pins.size)
    const isOrdered = seqs.every((seq, index) => seq < Math.min(...seqs.slice(0, index)) + atOnce)
    return isWhole && isOrdered
      ? []
      : [
          violation(
            'I6',
            `${viewer} sees ${count} pins of ${conversation}: ${messages.join()}; they are ${[...pins.keys()].join()}`,
          ),
        ]
  })

/** The seq of the last pin of each message that is pinned at the end. */
function pinnedIn({ logs, versions }: Model, conversation: string): ReadonlyMap<string, number> {
  const pins = new Map<string, number>()
  for (const { about, kind, seq } of logs.get(conversation)?.values() ?? []) {
    if (about === null || about === undefined) continue
    if (kind === 'MessagePinned') pins.set(about, seq)
    if ((versions.get(about)?.at(-1)?.state?.pinnedBy ?? null) === null) pins.delete(about)
  }
  return pins
}

/** How many messages are pinned after each event about a message. */
function pinsAfter({ logs, versions }: Model, conversation: string): ReadonlyMap<number, number> {
  const pinned = new Set<string>()
  const counts = new Map<number, number>()
  for (const { about, seq } of logs.get(conversation)?.values() ?? []) {
    if (about === null || about === undefined) continue
    const isPinned = (versions.get(about)?.find((one) => one.seq === seq)?.state?.pinnedBy ?? null) !== null
    if (isPinned) pinned.add(about)
    else pinned.delete(about)
    counts.set(seq, pinned.size)
  }
  return counts
}

export const pinChecks: readonly MessageCheck[] = [pinsCounted, pinsListed]
