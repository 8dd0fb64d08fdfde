import { randomUUID } from 'node:crypto'
import type { MessageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import type { Erasure } from '../application/erasure'
import type { TimelineLog } from '../application/timeline-log'
import { erased, evolve, type Message, messageIdOf, messagesAfter, sendingOf, withErased } from '../domain/message'
import { lineOf, threadPlaceOf, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import { deletionOf, editOf, entry, forwardEntry, pinOf, reactionOf, replyTo } from './entries'

/** The contract of TimelineLog: run on the fake and on MongoDB, with several writers that simulate processes. */
export function timelineLogContract(writers: () => readonly TimelineLog[], erasure: () => Erasure): void {
  const first = (): TimelineLog => {
    const [log] = writers()
    if (log === undefined) throw new Error('A contract needs a log')
    return log
  }
  const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq)
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

  it('is empty for a conversation without events', async () => {
    const conversationId = newConversation()
    expect(await first().head(conversationId)).toEqual({ seq: 0, lines: 0 })
    expect(await first().readAfter(conversationId, 0, 10)).toEqual([])
    expect(await first().readLines(conversationId, 1, 10)).toEqual([])
  })

  it('returns the appended events', async () => {
    const appended = entry({ text: 'Grüße, 世界 👋\n' })
    const event = await first().append(appended)
    expect(event).toEqual({ ...appended, seq: 1, lines: 1 })
    expect(await first().readAfter(appended.conversationId, 0, 10)).toEqual([event])
  })

  it('finds the event that sent a message, by its id', async () => {
    const sent = await first().append(entry())
    await first().append(entry({ conversationId: sent.conversationId }))
    const id = sent.type === 'MessageSent' ? sent.data.messageId : undefined
    expect(await first().sent([id as MessageId, randomUUID() as MessageId])).toEqual([sent])
    expect(await first().sent([])).toEqual([])
  })

  it('I2: returns the same event for the same client id, concurrently and later', async () => {
    const conversationId = newConversation()
    const actorId = newUser()
    const clientId = newClientId()
    const attempts = upTo(12).map((attempt) => entry({ conversationId, actorId, clientId, text: `try ${attempt}` }))
    const events = await Promise.all(attempts.map((attempt, index) => pick(writers(), index).append(attempt)))
    expect(new Set(events.map(({ seq }) => seq))).toEqual(new Set([1]))
    expect(new Set(events.map((event) => JSON.stringify(event.data))).size).toBe(1)
    expect(await first().append(entry({ conversationId, actorId, clientId }))).toEqual(events[0])
  })

  it('finds the edits of a message by their numbers, whatever else happens to it and to others', async () => {
    const conversationId = newConversation()
    const [one, other] = [
      await first().append(entry({ conversationId })),
      await first().append(entry({ conversationId })),
    ]
    const id = messageIdOf(one) as MessageId
    const change = (event: TimelineEvent, decide: (message: Message) => TimelineEntry) =>
      appendChange(first(), event, decide)
    const edits: TimelineEvent[] = []
    for (const number of upTo(12)) {
      edits.push(await change(one, (message) => editOf(message, `${number}`)))
      await change(one, (message) => reactionOf(message, newUser()))
      if (number % 3 === 0) await change(other, (message) => editOf(message, `${number}`))
    }
    expect(await first().edits(id, 1, 100)).toEqual(edits)
    expect(await first().edits(id, 9, 11)).toEqual(edits.slice(8, 11))
    expect(await first().edits(messageIdOf(other) as MessageId, 4, 5)).toMatchObject([
      { data: { state: { text: '12' } } },
    ])
    for (const [from, to] of [
      [13, 20],
      [1, 0],
    ] as const)
      expect(await first().edits(id, from, to)).toEqual([])
    expect(await first().edits(randomUUID() as MessageId, 1, 100)).toEqual([])
    await erasure().erase([await change(one, (message) => deletionOf(message))])
    const erasedTexts = (await first().edits(id, 1, 100)).map((event) => JSON.stringify(event.data))
    expect(erasedTexts).toHaveLength(12)
    for (const text of erasedTexts)
      expect(JSON.parse(text)).toMatchObject({ state: { text: '', deletedBy: one.actorId } })
  })

  it('treats the same client id of two users as two entries', async () => {
    const conversationId = newConversation()
    const clientId = newClientId()
    await first().append(entry({ conversationId, clientId }))
    expect((await first().append(entry({ conversationId, clientId }))).seq).toBe(2)
  })

  it('I3: orders concurrent appends of all writers without a gap, the same for all readers', async () => {
    const conversationId = newConversation()
    const appended = await Promise.all(
      upTo(120).map((index) => pick(writers(), index).append(entry({ conversationId, text: `${index}` }))),
    )
    expect(seqs(appended).sort((a, b) => a - b)).toEqual(upTo(120))
    for (const log of writers()) {
      expect(seqs(await log.readAfter(conversationId, 0, 200))).toEqual(upTo(120))
      expect(await log.head(conversationId)).toEqual({ seq: 120, lines: 120 })
    }
  })

  it('I2, I3: holds both in many conversations at once, with client ids that come again within and over groups', async () => {
    const conversations = upTo(5).map(() => newConversation())
    const actorId = newUser()
    const clientIds = upTo(20).map(newClientId)
    const attempts = conversations.flatMap((conversationId) =>
      [...clientIds, ...clientIds, ...clientIds].map((clientId) => entry({ conversationId, actorId, clientId })),
    )
    const events = await Promise.all(
      attempts.map((attempt, index) => pick(writers(), index * 7 + (index % 4)).append(attempt)),
    )
    for (const conversationId of conversations) {
      const log = await first().readAfter(conversationId, 0, 100)
      expect(seqs(log)).toEqual(upTo(20))
      expect(new Set(log.map(({ clientId }) => clientId))).toEqual(new Set(clientIds))
      for (const event of events.filter((one) => one.conversationId === conversationId))
        expect(event).toEqual(log[event.seq - 1])
    }
  })

  it('keeps the order of one writer who sends one after the other', async () => {
    const conversationId = newConversation()
    const waiting = upTo(30).map((index) => first().append(entry({ conversationId, text: `${index}` })))
    expect(seqs(await Promise.all(waiting))).toEqual(upTo(30))
  })

  it('loses no change of a message that was decided on what was read: one of two wins, the other decides again', async () => {
    const conversationId = newConversation()
    const sent = await first().append(entry({ conversationId, text: '' }))
    const other = await first().append(entry({ conversationId }))
    const message = messagesAfter([sent]).get(messageIdOf(sent) as MessageId) as Message
    const untouched = messagesAfter([other]).get(messageIdOf(other) as MessageId) as Message
    expect(await first().appendIfUnchanged(editOf(untouched, 'Hi'), 2)).toMatchObject({ seq: 3, lines: 2 })
    const edits = upTo(12).map((index) => editOf(message, `${index}`))
    const events = await Promise.all(edits.map((edit, index) => pick(writers(), index).appendIfUnchanged(edit, 2)))
    expect(seqs(events.filter((event) => event !== null))).toEqual([4])
    expect(await first().head(conversationId)).toEqual({ seq: 4, lines: 2 })
    // I2 comes first: what was written is the answer, whatever came after it.
    const winner = edits[events.findIndex((event) => event !== null)] as TimelineEntry
    expect(await first().appendIfUnchanged(winner, 2)).toMatchObject({ seq: 4 })
    const again = await Promise.all(
      upTo(12).map((index) => appendLetter(pick(writers(), index), message, String.fromCharCode(96 + index))),
    )
    expect(new Set(seqs(again)).size).toBe(12)
    const folded = messagesAfter(await first().readAfter(conversationId, 0, 50)).get(message.id)
    for (const letter of 'abcdefghijkl') expect(folded?.text).toContain(letter)
  })

  it('I3: numbers the replies of a thread without a gap, whoever else changes its root meanwhile', async () => {
    const conversationId = newConversation()
    const sent = await first().append(entry({ conversationId }))
    const { id } = messagesAfter([sent]).get(messageIdOf(sent) as MessageId) as Message
    const events = await Promise.all(
      upTo(24).map((index) =>
        appendChange(pick(writers(), index), sent, (root) => {
          if (index % 4 === 0) return editOf(root, `${root.text}.`)
          return replyTo(root, { alsoInConversation: index % 4 === 1 })
        }),
      ),
    )
    const log = await first().readAfter(conversationId, 0, 50)
    expect(seqs(log)).toEqual(upTo(25))
    const places = log.flatMap((event) => threadPlaceOf(event) ?? [])
    expect(places.map(({ line }) => line)).toEqual(upTo(18))
    expect(log.flatMap((event) => lineOf(event) ?? [])).toEqual(upTo(7))
    expect(await first().head(conversationId)).toEqual({ seq: 25, lines: 7 })
    const root = messagesAfter(log).get(id)
    expect(root).toMatchObject({ text: 'Hello......', thread: { lines: 18, replyCount: 18 } })
    // Both its own changes and those of its thread: deleting a reply is decided on both.
    const reply = messagesAfter(log).get(messageIdOf(events[0] as TimelineEvent) as MessageId) as Message
    const deletion = deletionOf(reply, reply.authorId, root)
    await first().append(editOf(root as Message, 'Meanwhile'))
    expect(await first().appendIfUnchanged(deletion, 25)).toBeNull()
    expect(await first().appendIfUnchanged(deletion, 26)).toMatchObject({ seq: 27, lines: 7 })
  })

  it('erases a deleted message from the replies in its thread as well, and leaves what they say', async () => {
    const conversationId = newConversation()
    const sent = await first().append(entry({ conversationId, text: 'A secret' }))
    const rootNow = async () =>
      messagesAfter(await first().readAfter(conversationId, 0, 10)).get(messageIdOf(sent) as MessageId) as Message
    const reply = await first().append(replyTo(await rootNow(), { text: 'An answer' }))
    await first().append(replyTo(await rootNow(), { text: 'Another one' }))
    const replied = messagesAfter([reply]).get(messageIdOf(reply) as MessageId) as Message
    const own = await first().append(deletionOf(replied, replied.authorId, await rootNow()))
    const deletion = await first().append(deletionOf(await rootNow()))
    const before = await first().readAfter(conversationId, 0, 10)
    await erasure().erase([own, deletion])
    const after = await first().readAfter(conversationId, 0, 10)
    expect(after).toEqual(withErased(before))
    expect(JSON.stringify(after)).not.toMatch(/secret|An answer/)
    expect(JSON.stringify(after)).toContain('Another one')
  })

  it('erases what a message quoted, and what it was a forward of, with its text', async () => {
    const conversationId = newConversation()
    const messageOf = (event: TimelineEvent) => evolve(null, event) as Message
    const source = messageOf(await first().append(entry({ conversationId })))
    const quoting = await first().append(entry({ conversationId, text: 'A secret', replyToId: source.id }))
    const forward = await first().append(forwardEntry(source, { conversationId }))
    expect(await first().readAfter(conversationId, 1, 10)).toEqual([quoting, forward])
    const deletions: TimelineEvent[] = []
    for (const event of [quoting, forward]) deletions.push(await first().append(deletionOf(messageOf(event))))
    const before = await first().readAfter(conversationId, 0, 10)
    await erasure().erase(deletions)
    const after = await first().readAfter(conversationId, 0, 10)
    expect(after).toEqual(withErased(before))
    expect(JSON.stringify(after.slice(1))).not.toMatch(new RegExp(`secret|${source.id}|${source.authorId}`))
    expect(after[0]).toEqual(before[0])
  })

  it('counts pins in the log itself: of concurrent writers none pins more than a conversation may have', async () => {
    const conversationId = newConversation()
    const messages: Message[] = []
    for (const _ of upTo(limits.pins + 8)) {
      const sent = await first().append(entry({ conversationId }))
      messages.push(messagesAfter([sent]).get(messageIdOf(sent) as MessageId) as Message)
    }
    const pin = (message: Message, index: number) => {
      const log = pick(writers(), index)
      return log.appendIfUnchanged(pinOf(message), log === first() ? messages.length : message.seq)
    }
    const outcomes = await Promise.allSettled(messages.map(pin))
    const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? (outcome.value ?? []) : []))
    expect(made.map(({ pins }) => pins).toSorted((one = 0, other = 0) => one - other)).toEqual(upTo(limits.pins))
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? (outcome.reason as unknown) : []))
    expect(refused).toHaveLength(8)
    expect(refused[0]).toMatchObject({ category: 'state', code: 'TOO_MANY_PINS' })
    // What was written is the answer also when there is no room any more; other events go on.
    expect(await first().appendIfUnchanged(made[0] as TimelineEvent, 0)).toEqual(made[0])
    expect(await first().append(entry({ conversationId }))).toMatchObject({ pins: limits.pins })
    const pinned = messagesAfter(made).values().next().value as Message
    const room = await first().append(deletionOf(pinned))
    expect(room).toMatchObject({ pins: limits.pins - 1 })
    const free = messages.find(({ id }) => !made.some((event) => messageIdOf(event) === id)) as Message
    for (const log of writers().slice(-1))
      expect(await log.appendIfUnchanged(pinOf(free), room.seq)).toMatchObject({ pins: limits.pins })
  }, 60_000)

  it('finds what an actor has written with a client id', async () => {
    const sent = await first().append(entry())
    expect(await first().earlier(sent)).toEqual(sent)
    expect(await first().earlier({ ...sent, actorId: newUser() })).toBeNull()
    expect(await first().earlier({ ...sent, conversationId: newConversation() })).toBeNull()
  })

  it('erases the texts of a deleted message from all its events and from no other, once or twice', async () => {
    const conversationId = newConversation()
    const sent = await first().append(entry({ conversationId, text: 'A secret' }))
    await first().append(entry({ conversationId, text: 'Something else' }))
    const message = messagesAfter([sent]).get(messageIdOf(sent) as MessageId) as Message
    for (const text of ['Another secret', 'The last secret']) await first().append(editOf(message, text))
    const deletion = await first().append(deletionOf(message, newUser()))
    if (deletion.type !== 'MessageDeleted') throw new Error('Nothing was deleted')
    expect(await first().deletionOf(message.id)).toEqual(deletion)
    expect(await first().deletionOf(randomUUID() as MessageId)).toBeNull()
    const before = await first().readAfter(conversationId, 0, 10)
    for (const _ of [1, 2]) {
      await erasure().erase([sent, deletion])
      for (const log of writers()) {
        const after = await log.readAfter(conversationId, 0, 10)
        expect(after).toEqual(before.map((event) => erased(event, deletion)))
        expect(JSON.stringify(after)).not.toContain('secret')
        expect(JSON.stringify([await log.sent([message.id]), await log.earlier(sent)])).not.toContain('secret')
      }
    }
  })

  it('reads bounded ranges in ascending order', async () => {
    const conversationId = newConversation()
    for (const index of upTo(10)) await first().append(entry({ conversationId, text: `${index}` }))
    expect(seqs(await first().readAfter(conversationId, 3, 4))).toEqual([4, 5, 6, 7])
    expect(seqs(await first().readLines(conversationId, 2, 3))).toEqual([2, 3])
    expect(seqs(await first().readLines(conversationId, 8, 50))).toEqual([8, 9, 10])
    expect(seqs(await first().readLines(conversationId, 3, 2))).toEqual([])
    const [two] = await first().readLines(conversationId, 2, 2)
    expect(await first().timesOf(conversationId, [2, 50])).toEqual(new Map([[2, two?.at]]))
    expect(await first().timesOf(conversationId, [])).toEqual(new Map())
  })
}

const appendLetter = (log: TimelineLog, message: Message, letter: string): Promise<TimelineEvent> =>
  appendChange(log, sendingOf(message), (now) => editOf(now, now.text + letter))

/** Reads, decides and appends until nothing was between. */
async function appendChange(
  log: TimelineLog,
  sent: TimelineEvent,
  change: (message: Message) => TimelineEntry,
): Promise<TimelineEvent> {
  for (;;) {
    const events = await log.readAfter(sent.conversationId, 0, 100)
    const message = messagesAfter(events).get(messageIdOf(sent) as MessageId) as Message
    const event = await log.appendIfUnchanged(change(message), events.length)
    if (event !== null) return event
  }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('Nothing to pick from')
  return item
}
