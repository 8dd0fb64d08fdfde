import { messageSent } from '../../../testing/timeline-log'
import { type MessageEvent, quoteOf } from '../model/events'
import type { OutboxItem } from '../model/outbox-state'
import type { OutboxStorage, SendOutcome } from './outbox'
import { Outbox } from './outbox'

class MemoryStorage implements OutboxStorage {
  readonly items = new Map<string, OutboxItem>()
  load = async () => [...this.items.values()]
  save = async (item: OutboxItem) => void this.items.set(item.clientId, item)
  remove = async (clientId: string) => void this.items.delete(clientId)
}

function event(item: OutboxItem): MessageEvent {
  const { message } = messageSent(1)
  return messageSent(1, 1, { at: item.at, message: { ...message, clientId: item.clientId, text: item.text } })
}

/** An outbox with a server that answers as `server` says. */
function outboxWith(storage: MemoryStorage, server: { answer: (item: OutboxItem) => SendOutcome }) {
  const sent: string[] = []
  const accepted: string[] = []
  let ids = 0
  const outbox = new Outbox({
    storage,
    send: async (item) => {
      sent.push(item.text)
      return server.answer(item)
    },
    accepted: (_, { message }) => accepted.push(message.text),
    newId: () => `id-${sent.length}-${ids++}`,
  })
  return { outbox, sent, accepted }
}

async function startedOutbox(storage: MemoryStorage, server: { answer: (item: OutboxItem) => SendOutcome }) {
  const made = outboxWith(storage, server)
  await made.outbox.start()
  return made
}

const accept = (item: OutboxItem): SendOutcome => ({ kind: 'accepted', event: event(item) })
const refuse = (): SendOutcome => ({ kind: 'refused', reason: 'You are not in it.' })
const silence = (): SendOutcome => ({ kind: 'unknown' })

describe('Outbox', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('sends one at a time, in the order of writing', async () => {
    const { outbox, sent, accepted } = await startedOutbox(new MemoryStorage(), { answer: accept })
    outbox.write('c', 'one')
    outbox.write('c', 'two')
    outbox.write('d', 'other')
    expect(sent).toEqual(['one', 'other'])
    await jest.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(['one', 'other', 'two'])
    expect(accepted).toEqual(['one', 'other', 'two'])
  })

  it('keeps an unanswered message and retries with the same clientId', async () => {
    const storage = new MemoryStorage()
    const server = { answer: silence as (item: OutboxItem) => SendOutcome }
    const { outbox, sent } = await startedOutbox(storage, server)
    outbox.write('c', 'one')
    await jest.advanceTimersByTimeAsync(0)
    const id = outbox.get()[0]?.clientId
    expect(outbox.get()[0]?.status).toBe('pending')
    server.answer = accept
    outbox.wake()
    await jest.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(['one', 'one'])
    expect(outbox.get()[0]).toMatchObject({ clientId: id, status: 'sent' })
    expect(storage.items.size).toBe(0)
  })

  it('retries by itself', async () => {
    const server = { answer: silence as (item: OutboxItem) => SendOutcome }
    const { outbox, sent } = await startedOutbox(new MemoryStorage(), server)
    outbox.write('c', 'one')
    await jest.advanceTimersByTimeAsync(5_000)
    expect(sent.length).toBeGreaterThan(1)
    outbox.close()
    const count = sent.length
    await jest.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(count)
  })

  it('shows why a message was refused, continues with the next, and retries on request', async () => {
    const storage = new MemoryStorage()
    const server = { answer: (item: OutboxItem) => (item.text === 'bad' ? refuse() : accept(item)) }
    const { outbox } = await startedOutbox(storage, server)
    outbox.write('c', 'bad')
    outbox.write('c', 'good')
    await jest.advanceTimersByTimeAsync(0)
    expect(outbox.get().map((item) => item.status)).toEqual(['failed', 'sent'])
    expect([...storage.items.values()]).toMatchObject([
      { status: 'failed', reason: 'You are not in it.', isMendable: false },
    ])
    server.answer = accept
    outbox.retry(outbox.get()[0]?.clientId ?? '')
    await jest.advanceTimersByTimeAsync(0)
    expect(outbox.get()[0]?.status).toBe('sent')
  })

  it('gives back a message that its author can correct, and does not send it again', async () => {
    const storage = new MemoryStorage()
    const server = { answer: (): SendOutcome => ({ kind: 'mendable', reason: 'Too long.' }) }
    const { outbox, sent } = await startedOutbox(storage, server)
    outbox.write('c', 'too long')
    await jest.advanceTimersByTimeAsync(0)
    const [item] = outbox.get()
    expect(item).toMatchObject({ status: 'failed', reason: 'Too long.', isMendable: true })
    expect(outbox.takeBack(item?.clientId ?? '')?.text).toBe('too long')
    outbox.wake()
    await jest.advanceTimersByTimeAsync(60_000)
    expect([outbox.get(), storage.items.size, sent]).toEqual([[], 0, ['too long']])
  })

  it('keeps no text of a message that cannot be forwarded any more, and says why it was not', async () => {
    const storage = new MemoryStorage()
    const server = { answer: (): SendOutcome => ({ kind: 'final', reason: 'It was deleted.' }) }
    const { outbox } = await startedOutbox(storage, server)
    outbox.write('c', 'secret', { forwardOf: { messageId: 'm2', authorId: 'u2' } })
    await jest.advanceTimersByTimeAsync(0)
    const told = { status: 'failed', reason: 'It was deleted.', text: '', isFinal: true }
    expect([outbox.get(), [...storage.items.values()]]).toMatchObject([[told], [told]])
  })

  it('continues with the messages of an earlier tab', async () => {
    const storage = new MemoryStorage()
    const before = await startedOutbox(storage, { answer: silence })
    before.outbox.write('c', 'left')
    await jest.advanceTimersByTimeAsync(0)
    before.outbox.close()
    const { outbox, sent } = outboxWith(storage, { answer: accept })
    await outbox.start()
    await jest.advanceTimersByTimeAsync(0)
    expect(sent).toEqual(['left'])
  })

  it('sends what it quotes or forwards with it, also from another tab, and always under the same clientId', async () => {
    const storage = new MemoryStorage()
    const before = await startedOutbox(storage, { answer: silence })
    const replyTo = quoteOf(messageSent(1).message)
    const forwardOf = { messageId: 'm2', authorId: 'u2' }
    const ids = [before.outbox.write('c', 'yes', { replyTo }), before.outbox.write('d', 'words', { forwardOf })]
    await jest.advanceTimersByTimeAsync(0)
    before.outbox.close()
    const asked: OutboxItem[] = []
    const { outbox } = outboxWith(storage, {
      answer: (item) => {
        asked.push(item)
        return accept(item)
      },
    })
    await outbox.start()
    await jest.advanceTimersByTimeAsync(0)
    expect(asked.map(({ clientId }) => clientId)).toEqual(ids)
    expect(asked).toMatchObject([{ replyTo }, { forwardOf }])
  })

  it('removes a message that is in the timeline, even while its answer is pending', async () => {
    const { outbox } = await startedOutbox(new MemoryStorage(), { answer: accept })
    outbox.write('c', 'one')
    outbox.remove(outbox.get().map((item) => item.clientId))
    await jest.advanceTimersByTimeAsync(0)
    expect(outbox.get()).toEqual([])
  })
})
