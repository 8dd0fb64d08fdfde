import { newUser } from '@parley/platform/testing/ids'
import { newJoining } from '../testing/joinings'
import { addedNotifications, placeOf } from './notification'

describe('addedNotifications', () => {
  const [ann, ben, cem] = [newUser(), newUser(), newUser()]

  it('notifies people who were added by another person', () => {
    const joining = newJoining({ actorId: ann, memberIds: [ann, ben, cem] })
    const { conversationId, at } = joining
    expect(addedNotifications(joining)).toEqual(
      [ben, cem].map((userId) => ({
        id: `${joining.eventId}:${userId}`,
        userId,
        kind: 'ADDED',
        messageId: null,
        seq: null,
        conversationId,
        actorId: ann,
        at,
      })),
    )
  })

  it('does not notify people who joined by themselves', () => {
    expect(addedNotifications(newJoining({ actorId: ann, memberIds: [ann] }))).toEqual([])
  })
})

describe('placeOf', () => {
  it('orders by time, then by id', () => {
    const [earlier, later] = [new Date(1_000), new Date(2_000)]
    const sorted = [
      { at: earlier, id: 'a' },
      { at: earlier, id: 'b' },
      { at: later, id: 'a' },
    ].map(placeOf)
    expect([...sorted].reverse().sort()).toEqual(sorted)
  })
})
