import { bob, messageSent } from '../../../testing/timeline-log'
import { doomedIn } from './doomed'
import type { Message } from './events'
import { Lines } from './lines'

const { message } = messageSent(1)
const asked = { messageId: 'm1', line: 1, own: true, threadId: null }

describe('the message that the viewer is asked about', () => {
  it('is shown as it is now, and no more when others have deleted it', () => {
    const changed = (change: Partial<Message>) =>
      Lines.of([{ ...messageSent(1), message: { ...message, ...change } }, messageSent(2)])
    expect(doomedIn(changed({}), asked)).toEqual(message)
    expect(doomedIn(changed({ text: 'edited' }), asked)?.text).toBe('edited')
    expect(doomedIn(changed({ text: '', deletedAt: messageSent(3).at, deletedById: bob.id }), asked)).toBeNull()
    expect([Lines.none, Lines.of([messageSent(5, 1)])].map((lines) => doomedIn(lines, asked))).toEqual([null, null])
    expect(doomedIn(changed({}), null)).toBeNull()
  })
})
