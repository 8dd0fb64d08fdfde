import { randomUUID } from 'node:crypto'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import type { Notifications } from '../application/notifications'
import { addedNotifications, mentionNotifications, type Notification, placeOf } from '../domain/notification'
import { newJoining, newMention } from './joinings'

/** The contract of every adapter of the port, with any store. */
export function notificationsContract(make: () => Notifications): void {
  const second = (count: number): Date => new Date(Date.UTC(2027, 0, 1, 0, 0, count))

  it('lists the notifications of a person, newest first, and none of others', async () => {
    const [notifications, ann, ben] = [make(), newUser(), newUser()]
    const told = [2, 3, 1].map((count) => newJoining({ memberIds: [ann, ben], at: second(count) }))
    for (const joining of told) await notifications.add(addedNotifications(joining))
    const list = await notifications.list(ann, null, 100)
    expect(list.map(({ at }) => at)).toEqual([second(3), second(2), second(1)])
    expect(list[0]).toEqual(addedNotifications(told[1]!).find(({ userId }) => userId === ann))
    expect(await notifications.list(newUser(), null, 100)).toEqual([])
  })

  it('returns each one once over pages, also with equal times', async () => {
    const [notifications, ann] = [make(), newUser()]
    const told = [1, 1, 1, 2, 2, 3, 4].map((count) => newJoining({ memberIds: [ann], at: second(count) }))
    await notifications.add(told.flatMap(addedNotifications))
    const paged: Notification[] = []
    for (;;) {
      const last = paged.at(-1)
      const page = await notifications.list(ann, last === undefined ? null : placeOf(last), 2)
      paged.push(...page)
      if (page.length < 2) break
    }
    expect(paged).toHaveLength(told.length)
    expect(paged).toEqual(await notifications.list(ann, null, 100))
  })

  it('I8: adds each notification once, and the new ones beside those that exist', async () => {
    const [notifications, ann, ben, cem] = [make(), newUser(), newUser(), newUser()]
    const told = addedNotifications(newJoining({ memberIds: [ann, ben, cem] }))
    await notifications.add(told.slice(1, 2))
    await notifications.add(told)
    await notifications.add(told)
    for (const userId of [ann, ben, cem]) expect(await notifications.list(userId, null, 100)).toHaveLength(1)
  })

  it('forgets one conversation of one person', async () => {
    const [notifications, ann, ben, here, there] = [make(), newUser(), newUser(), newConversation(), newConversation()]
    for (const conversationId of [here, there])
      await notifications.add(addedNotifications(newJoining({ conversationId, memberIds: [ann, ben], at: second(1) })))
    await notifications.leave(ann, here, 2)
    expect(await notifications.list(ann, null, 100)).toMatchObject([{ conversationId: there }])
    expect(await notifications.list(ben, null, 100)).toHaveLength(2)
  })

  it('I8: does not add removed ones again, and keeps later ones', async () => {
    const [notifications, ann, conversationId] = [make(), newUser(), newConversation()]
    const [first, again] = [1, 3].map((version) =>
      addedNotifications(newJoining({ conversationId, memberIds: [ann], version, at: second(version) })),
    )
    await notifications.add(first!)
    await notifications.leave(ann, conversationId, 2)
    await notifications.add(first!)
    expect(await notifications.list(ann, null, 100)).toEqual([])
    await notifications.enter([ann], conversationId, 3)
    await notifications.add(again!)
    await notifications.leave(ann, conversationId, 2)
    expect(await notifications.list(ann, null, 100)).toEqual(again)
  })

  it('I7: does not tell former members of a mention that arrives late, whatever the clocks say', async () => {
    const [notifications, ann, ben, conversationId] = [make(), newUser(), newUser(), newConversation()]
    const late = mentionNotifications(newMention({ conversationId, mentioned: [ann, ben], at: second(59) }))
    const tell = async () => {
      await notifications.add(late)
      await notifications.forgetFormer(late)
    }
    await notifications.leave(ann, conversationId, 2)
    const other = addedNotifications(newJoining({ conversationId, memberIds: [ann], version: 3 }))
    await notifications.add(other)
    await tell()
    // Nothing but what was asked for: it may be of a joining that is under way.
    expect(await notifications.list(ann, null, 100)).toEqual(other)
    await notifications.leave(ann, conversationId, 2)
    await notifications.enter([ann], conversationId, 1)
    await tell()
    expect(await notifications.list(ann, null, 100)).toEqual([])
    expect(await notifications.list(ben, null, 100)).toHaveLength(1)
    await notifications.enter([ann], conversationId, 3)
    const again = mentionNotifications(newMention({ conversationId, mentioned: [ann], at: second(1) }))
    await notifications.add(again)
    await notifications.forgetFormer(again)
    expect(await notifications.list(ann, null, 100)).toEqual(again)
  })

  it('I8: takes back what a message told, of some or of all, and does not add it again', async () => {
    const [notifications, ann, ben, cem] = [make(), newUser(), newUser(), newUser()]
    const change = newMention({ mentioned: [ann, ben, cem], seq: 5, at: second(9) })
    const other = newMention({ mentioned: [ann], at: second(1) })
    await notifications.add([...mentionNotifications(change), ...mentionNotifications(other)])
    await notifications.takeBack(change.messageId, [ann], 6)
    await notifications.add(mentionNotifications(change))
    expect(await notifications.list(ann, null, 100)).toEqual(mentionNotifications(other))
    expect(await notifications.list(ben, null, 100)).toMatchObject([{ kind: 'MENTIONED', messageId: change.messageId }])
    const again = mentionNotifications({ ...change, eventId: randomUUID(), mentioned: [ann], seq: 7 })
    await notifications.add(again)
    await notifications.takeBack(change.messageId, [ann], 6)
    expect(await notifications.list(ann, null, 100)).toHaveLength(2)
    await notifications.takeBack(change.messageId, null, 8)
    expect(await notifications.list(ann, null, 100)).toEqual(mentionNotifications(other))
    for (const userId of [ben, cem]) expect(await notifications.list(userId, null, 100)).toEqual([])
  })
}
