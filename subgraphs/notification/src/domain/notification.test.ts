import { newConversation, newMessage, newUser } from '../testing/ids'
import { joiningNotifications, messageNotifications } from './notification'

describe('messageNotifications', () => {
  it('tells every member but the author', () => {
    const [ann, ben, cem] = [newUser(), newUser(), newUser()]
    const told = messageNotifications(newMessage({ authorId: ann }), [ann, ben, cem])
    expect(told.map(({ userId }) => userId)).toEqual([ben, cem])
  })

  it('gives each event and person one id', () => {
    const [message, ben] = [newMessage(), newUser()]
    expect(messageNotifications(message, [ben])[0]?.id).toBe(`${message.eventId}:${ben}`)
  })
})

describe('joiningNotifications', () => {
  it('tells those who were added by somebody else', () => {
    const [ann, ben] = [newUser(), newUser()]
    const at = new Date()
    const joining = { eventId: newUser(), conversationId: newConversation(), actorId: ann, joinerIds: [ann, ben], at }
    expect(joiningNotifications(joining)).toMatchObject([{ userId: ben, kind: 'added', seq: 0, actorId: ann }])
  })
})
