import fc from 'fast-check'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { LiveStream } from '@parley/platform/live/live-stream'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, reacted } from '../domain/message'
import { reactionEmoji } from '../domain/reactions'
import { deletionOf, eventAt } from '../testing/entries'
import type { TimelineEvent } from '../domain/timeline-event'
import { Follower, type FollowerOptions, type TimelineFrame } from './follower'

const event = (seq: number): TimelineEvent => eventAt(seq)
const events = (count: number): TimelineEvent[] => Array.from({ length: count }, (_, index) => event(index + 1))

/** A stream over a log, and its hints. */
function follow(log: readonly TimelineEvent[], options: Partial<FollowerOptions> = {}, heartbeatMs = 60_000) {
  const follower = new Follower({
    after: 0,
    read: (after, limit) => Promise.resolve(log.filter(({ seq }) => seq > after && seq <= after + limit)),
    knownHead: () => log.at(-1)?.seq ?? 0,
    viewerId: newUser(),
    pace: (read) => read(),
    onClose: () => undefined,
    ...options,
  })
  const assertAllowed = () => Promise.resolve()
  const stream = new LiveStream(follower, { heartbeatMs, expiresAt: Date.now() / 1_000 + 3_600, assertAllowed })
  return { push: (event: TimelineEvent) => follower.push(event), stream }
}

const conversationId: ConversationId = newConversation()
const removalAt = (seq: number, memberId: UserId): TimelineEvent => ({
  type: 'MemberLeft',
  conversationId,
  actorId: memberId,
  clientId: newClientId(),
  at: new Date(),
  data: { memberId },
  seq,
  lines: seq,
})

type Followed = ReturnType<typeof follow>

async function nextFrame({ stream }: Followed): Promise<TimelineFrame> {
  const result = await stream.next()
  if (result.done === true) throw new Error('The stream ended')
  return result.value
}

async function seqsUntil(follower: Followed, last: number): Promise<number[]> {
  const seqs: number[] = []
  while ((seqs.at(-1) ?? 0) < last) seqs.push(...(await nextFrame(follower)).events.map(({ seq }) => seq))
  return seqs
}

describe('Follower', () => {
  it('sends no text that was deleted while it waited for the reader', async () => {
    const sent = eventAt(1, { conversationId, text: 'A secret' })
    const message = evolve(null, sent)
    if (message === null) throw new Error('Nothing was sent')
    const place = { seq: 2, lines: 1 }
    const follower = follow([])
    await nextFrame(follower)
    for (const one of [sent, { ...deletionOf(message), ...place }]) follower.push(one)
    const { events } = await nextFrame(follower)
    expect(events.map(({ type }) => type)).toEqual(['MessageSent', 'MessageDeleted'])
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  it('delivers every event once and in order, with any hints', async () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.nat({ max: 60 }), arrivals, async (after, before, hints) => {
        const total = 60
        const log = events(Math.max(after, before))
        const follower = follow(log, { after })
        const consumed = seqsUntil(follower, total)
        for (const seq of hints) {
          while (log.length < seq) log.push(event(log.length + 1))
          follower.push(event(seq))
          if (seq % 3 === 0) await Promise.resolve()
        }
        while (log.length < total) log.push(event(log.length + 1))
        follower.push(event(total))
        expect(await consumed).toEqual(Array.from({ length: total - after }, (_, index) => after + 1 + index))
        await follower.stream.return()
      }),
      { numRuns: 200 },
    )
  })

  it('limits the pace of missed events, but not of live ones', async () => {
    const weights: number[] = []
    const follower = follow(events(3), {
      pace: async (read, weightOf) => {
        const page = await read()
        weights.push(weightOf(page))
        return page
      },
    })
    await seqsUntil(follower, 3)
    follower.push(event(4))
    await seqsUntil(follower, 4)
    expect(weights).toEqual([expect.any(Number)])
    expect(weights[0]).toBeGreaterThan(0)
    await follower.stream.return()
  })

  it('sends a first frame at once, even an empty one', async () => {
    expect(await nextFrame(follow([]))).toEqual({ events: [], seq: 0, headSeq: 0, formerMember: null })
  })

  it('sends heartbeats when nothing happens', async () => {
    const follower = follow(events(2), { after: 2 }, 5)
    await nextFrame(follower)
    expect(await nextFrame(follower)).toEqual({ events: [], seq: 2, headSeq: 2, formerMember: null })
  })

  it('announces missing events in its heartbeat', async () => {
    const follower = follow(events(2), { after: 2, knownHead: () => 7 }, 5)
    await nextFrame(follower)
    expect((await nextFrame(follower)).headSeq).toBe(7)
  })

  it('delivers events without a hint with its heartbeat', async () => {
    const log = events(2)
    const follower = follow(log, { after: 2 }, 5)
    await nextFrame(follower)
    log.push(event(3))
    expect(await seqsUntil(follower, 3)).toEqual([3])
  })

  it('delivers the event that ends a membership and nothing after it', async () => {
    const viewerId = newUser()
    const follower = follow([...events(2), removalAt(3, viewerId), event(4)], { viewerId })
    expect((await nextFrame(follower)).events.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(await follower.stream.next()).toEqual({ done: true, value: undefined })
  })

  it('ends a frame with the removal of another member and names them, and goes on', async () => {
    const other = newUser()
    const follower = follow([...events(2), removalAt(3, other), event(4)])
    const [first, second] = [await nextFrame(follower), await nextFrame(follower)]
    expect(first).toMatchObject({ seq: 3, formerMember: other, events: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] })
    expect(second).toMatchObject({ seq: 4, formerMember: null, events: [{ seq: 4 }] })
    await follower.stream.return()
  })

  it('unsubscribes from its feed once, however the stream ends', async () => {
    let closed = 0
    const follower = follow([], { onClose: () => (closed += 1) })
    await nextFrame(follower)
    await follower.stream.return()
    await follower.stream.return()
    expect(closed).toBe(1)
  })

  it('bounds the size of a frame for messages of any size, and loses none', async () => {
    const log = Array.from({ length: 150 }, (_, index) => eventAt(index + 1, { text: '👋'.repeat(8_000) }))
    const follower = follow(log)
    let seqs: number[] = []
    while (seqs.length < log.length) {
      const { events } = await nextFrame(follower)
      expect(JSON.stringify(events).length).toBeLessThan(100_000)
      seqs = [...seqs, ...events.map(({ seq }) => seq)]
    }
    expect(seqs).toEqual(log.map(({ seq }) => seq))
  })

  it('bounds the size of a frame for messages with any number of reactions', async () => {
    const message = evolve(null, event(1))
    if (message === null) throw new Error('Nothing was sent')
    const userIds = Array.from({ length: 100 }, () => newUser())
    const reactions = Array.from({ length: 8 }, (_, at) => ({ emoji: reactionEmoji(`${at}\uFE0F\u20E3`), userIds }))
    const state = reacted(message, reactions)
    const log = Array.from({ length: 20 }, (_, index): TimelineEvent => {
      const seq = index + 1
      return {
        ...eventAt(seq),
        type: 'ReactionAdded',
        data: { messageId: message.id, emoji: reactions[0]!.emoji, state },
      }
    })
    const follower = follow(log)
    let seqs: number[] = []
    while (seqs.length < log.length) {
      const { events } = await nextFrame(follower)
      expect(JSON.stringify(events).length).toBeLessThan(100_000)
      seqs = [...seqs, ...events.map(({ seq }) => seq)]
    }
    expect(seqs).toEqual(log.map(({ seq }) => seq))
  })

  it('keeps a bounded queue for a slow consumer and reads the rest from the log', async () => {
    const log: TimelineEvent[] = []
    const follower = follow(log)
    await nextFrame(follower)
    for (let seq = 1; seq <= 3_000; seq += 1) {
      log.push(event(seq))
      follower.push(event(seq))
    }
    expect(await seqsUntil(follower, 3_000)).toEqual(log.map(({ seq }) => seq))
  })
})
