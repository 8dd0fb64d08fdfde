import { joiningNotifications, messageNotifications } from '../domain/notification'
import { maxCounted, type Notifications } from '../application/notifications'
import { newConversation, newMessage, newUser } from './ids'

/** What every adapter of the port has to keep, whatever it stores in. */
export function notificationsContract(make: () => Notifications): void {
  it('counts messages and nothing else', async () => {
    const [notifications, reader, message] = [make(), newUser(), newMessage()]
    await notifications.add(messageNotifications(message, [reader]))
    await notifications.add(
      joiningNotifications({ ...message, eventId: newUser(), actorId: message.authorId, joinerIds: [reader] }),
    )
    expect(await notifications.countUnread(reader)).toBe(1)
  })

  it('I8: adds each notification once, and the new ones beside those that exist', async () => {
    const [notifications, reader, conversationId] = [make(), newUser(), newConversation()]
    const messages = [1, 2, 3].map((seq) => newMessage({ conversationId, seq }))
    const rows = messages.flatMap((message) => messageNotifications(message, [reader]))
    await notifications.add(rows.slice(1, 2))
    await notifications.recordReading(reader, conversationId, 2)
    await notifications.add(rows)
    await notifications.applyReadings(conversationId, [reader], 1)
    await notifications.add(rows)
    expect(await notifications.countUnread(reader)).toBe(1)
  })

  it('never moves a reading back', async () => {
    const [notifications, reader, message] = [make(), newUser(), newMessage({ seq: 5 })]
    await notifications.recordReading(reader, message.conversationId, 7)
    await notifications.recordReading(reader, message.conversationId, 3)
    await notifications.add(messageNotifications(message, [reader]))
    await notifications.applyReadings(message.conversationId, [reader], 5)
    expect(await notifications.countUnread(reader)).toBe(0)
  })

  it('takes many readings of one conversation at once', async () => {
    const [notifications, reader, message] = [make(), newUser(), newMessage({ seq: 20 })]
    const seqs = Array.from({ length: 20 }, (_, index) => index + 1)
    await Promise.all(seqs.map((seq) => notifications.recordReading(reader, message.conversationId, seq)))
    await notifications.add(messageNotifications(message, [reader]))
    await notifications.applyReadings(message.conversationId, [reader], 20)
    expect(await notifications.countUnread(reader)).toBe(0)
  })

  it('applies a reading to its reader, its conversation and what it covers only', async () => {
    const [notifications, reader, other, here] = [make(), newUser(), newUser(), newConversation()]
    const messages = [
      newMessage({ conversationId: here, seq: 1 }),
      newMessage({ conversationId: here, seq: 2 }),
      newMessage(),
    ]
    for (const message of messages) await notifications.add(messageNotifications(message, [reader, other]))
    await notifications.recordReading(reader, here, 1)
    expect(await notifications.countUnread(reader)).toBe(2)
    expect(await notifications.countUnread(other)).toBe(3)
  })

  it('forgets one conversation of one person', async () => {
    const [notifications, leaver, stayer, message] = [make(), newUser(), newUser(), newMessage()]
    await notifications.add(messageNotifications(message, [leaver, stayer]))
    await notifications.add(messageNotifications(newMessage(), [leaver]))
    await notifications.forget(message.conversationId, [leaver])
    expect(await notifications.countUnread(leaver)).toBe(1)
    expect(await notifications.countUnread(stayer)).toBe(1)
  })

  it('stops counting at its limit', async () => {
    const [notifications, reader, conversationId] = [make(), newUser(), newConversation()]
    const seqs = Array.from({ length: maxCounted + 5 }, (_, index) => index + 1)
    await notifications.add(seqs.flatMap((seq) => messageNotifications(newMessage({ conversationId, seq }), [reader])))
    expect(await notifications.countUnread(reader)).toBe(maxCounted)
  })
}
