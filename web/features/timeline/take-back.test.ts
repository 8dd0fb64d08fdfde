import { draftOf } from '../../lib/drafts'
import { ada, messageDeleted, messageReplied, messageSent } from '../../testing/timeline-log'
import { fakeDevice } from '../../testing/fake-storage'
import { quoteOf } from './model/events'
import { TimelineStores } from './model/timeline-stores'
import type { ThreadReader } from './model/thread-source'
import { Outbox } from './outbox/outbox'
import { takeBack } from './take-back'

const never = () => new Promise<never>(() => undefined)
const reader: ThreadReader = {
  reading: () => null,
  history: never,
  thread: never,
  follow: () => () => undefined,
  connected: () => true,
}
const storage = { load: () => Promise.resolve([]), save: () => Promise.resolve(), remove: () => Promise.resolve() }

function refused(write: (outbox: Outbox) => void) {
  fakeDevice(new Map())
  const outbox = new Outbox({ storage, send: never, accepted: () => undefined, newId: () => 'k1' })
  write(outbox)
  const stores = new TimelineStores(reader)
  return { outbox, stores, viewerId: ada.id, membersOf: () => [] }
}
const draft = (id: string) => draftOf(ada.id, id).get()

describe('an unsent message that is taken back', () => {
  it('is in the field of its thread, and not in that of the conversation, as it was to be sent', () => {
    const ports = refused((outbox) => {
      outbox.write('c1', 'Only for the thread', { threadId: 'm1', alsoInConversation: true })
    })
    expect(takeBack('k1', ports)?.threadId).toBe('m1')
    expect([draft('m1'), draft('c1'), ports.outbox.get()]).toEqual(['Only for the thread', '', []])
    expect(ports.stores.thread('c1', 'm1').also.get()).toBe(true)
  })

  it('replies to what it was to reply to, unless something else is being replied to', () => {
    const [one, other] = [quoteOf(messageSent(1).message), quoteOf(messageSent(2).message)]
    const ports = refused((outbox) => {
      outbox.write('c3', 'Because of one', { replyTo: one })
    })
    takeBack('k1', ports)
    const { replyTo } = draftOf(ada.id, 'c3')
    expect(replyTo.get()).toEqual(one)
    replyTo.set(other)
    ports.outbox.write('c3', 'Again', { replyTo: one })
    takeBack('k1', ports)
    expect([replyTo.get(), draft('c3')]).toEqual([other, 'Again\nBecause of one'])
  })

  it('is in the field of the conversation when its thread was deleted, without what it quoted there', () => {
    const root = messageSent(21)
    const { message: quoted } = messageReplied(22, root.message)
    const ports = refused((outbox) => {
      outbox.write('c4', 'Too late', { threadId: root.message.id, replyTo: quoteOf(quoted) })
    })
    ports.stores.of('c4').receive(root)
    ports.stores.of('c4').receive(messageDeleted(23, root.message))
    expect(takeBack('k1', ports)).toMatchObject({ text: 'Too late' })
    expect([draft('m21'), draft('c4'), draftOf(ada.id, 'c4').replyTo.get()]).toEqual(['', 'Too late', null])
    ports.outbox.write('c4', 'Again', { threadId: root.message.id })
    expect(takeBack('k1', ports)?.threadId).toBeUndefined()
  })

  it('is in the field of the conversation where it was written there', () => {
    const ports = refused((outbox) => {
      outbox.write('c2', 'For everybody')
    })
    takeBack('k1', ports)
    expect(draft('c2')).toBe('For everybody')
    expect(takeBack('k1', ports)).toBeUndefined()
  })
})
