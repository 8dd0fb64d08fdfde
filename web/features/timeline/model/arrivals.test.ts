import { ada, bob, messageReplied, messageSent } from '../../../testing/timeline-log'
import { arrivals } from './arrivals'
import { isLine, type MessageEvent } from './events'
import { threadEvent } from './thread-source'

const ids = (...asked: Parameters<typeof arrivals>) => arrivals(...asked).map(({ message }) => message.id)

describe('what has arrived in a list', () => {
  it('is what others have sent since', () => {
    const events = [messageSent(1), messageSent(2, 2, { actor: bob }), messageSent(3)]
    expect(ids(events, 0, bob.id)).toEqual(['m1', 'm3'])
    expect(ids(events, 1, bob.id)).toEqual(['m3'])
    expect(ids(events, 0, ada.id)).toEqual(['m2'])
  })

  it('has a reply that is in both lists once', () => {
    const root = messageSent(1).message
    const replies = [
      messageReplied(2, root),
      messageReplied(3, { ...root, thread: messageReplied(2, root).root!.thread }, 2),
    ]
    const inThread = replies.map((reply) => threadEvent(reply, root.id)).filter(isLine)
    const inConversation = replies.filter((reply): reply is MessageEvent => reply.line !== null)
    expect([ids(inThread, 0, bob.id), ids(inConversation, 0, bob.id)]).toEqual([['m2'], ['m3']])
  })
})
