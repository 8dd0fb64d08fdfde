import type { ConversationId, UserId } from '@parley/kernel/ids'
import { directConversationId, groupConversationId } from '../application/conversation-ids'
import type { ConversationDirectory, ConversationSummary, ListPosition } from '../application/conversation-directory'
import type { ConversationActivity } from '../application/record-activity'
import type { Conversations } from '../application/conversations'
import { addMembers, leave, rename, setTopic, startDirect, startGroup } from '../domain/commands'
import { type ConversationCommand, conversationTitle, conversationTopic } from '../domain/conversation'
import { newClientId, newUser } from '@parley/platform/testing/ids'

export interface ConversationParts {
  /** Several of them simulate several processes. */
  readonly writers: readonly Conversations[]
  readonly directory: ConversationDirectory
  readonly activity: ConversationActivity
}

const second = (count: number): Date => new Date(Date.UTC(2027, 0, 1, 12, 0, count))

/** The contract of Conversations and ConversationDirectory: run on the fake and on PostgreSQL. */
export function conversationsContract(parts: () => ConversationParts): void {
  const writer = (index = 0): Conversations => {
    const { writers } = parts()
    const one = writers[index % writers.length]
    if (one === undefined) throw new Error('A contract needs a writer')
    return one
  }
  /** The actor is irrelevant here. */
  const by = (at: Date) => ({ actor: newUser(), at })
  const handle = (id: ConversationId, command: ConversationCommand, at = second(0)) =>
    writer().handle(id, command, by(at))

  async function group(
    actor: UserId,
    memberIds: readonly UserId[] = [],
    at = second(0),
    title = 'Weekend',
  ): Promise<ConversationId> {
    const id = groupConversationId(actor, newClientId())
    await handle(id, startGroup(actor, conversationTitle(title), memberIds), at)
    return id
  }

  it('has nothing for an unknown conversation', async () => {
    const id = groupConversationId(newUser(), newClientId())
    expect(await writer().describe(id)).toBeNull()
    expect(await parts().directory.visibleTo(newUser(), [id])).toEqual([])
    expect(await parts().directory.listOf(newUser(), null, 10)).toEqual([])
    expect(await parts().directory.membersOf([id])).toEqual(new Map())
  })

  it('shows a group to its members only', async () => {
    const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
    const id = await group(anna, [ben], second(7), 'Grüße, 世界 👋')
    const summary = {
      id,
      kind: 'group',
      title: 'Grüße, 世界 👋',
      topic: null,
      memberCount: 2,
      createdAt: second(7),
      lastActivityAt: second(7),
    }
    expect(await parts().directory.visibleTo(anna, [id])).toEqual([summary])
    expect(await parts().directory.visibleTo(ben, [id, id, newUser() as never])).toEqual([summary])
    expect(await parts().directory.visibleTo(cleo, [id])).toEqual([])
    expect(await parts().directory.membersOf([id])).toEqual(
      new Map([
        [
          id,
          [
            { userId: anna, role: 'owner', joinedAt: second(7) },
            { userId: ben, role: 'member', joinedAt: second(7) },
          ],
        ],
      ]),
    )
  })

  it('follows every change', async () => {
    const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
    const id = await group(anna, [ben])
    await handle(id, addMembers(ben, [cleo]), second(1))
    await handle(id, rename(cleo, conversationTitle('Later')), second(2))
    await handle(id, leave(anna), second(3))
    await handle(id, addMembers(ben, [anna]), second(4))
    await handle(id, setTopic(anna, conversationTopic('Tents')), second(5))
    const summary = { id, kind: 'group', title: 'Later', memberCount: 3, createdAt: second(0) }
    const shown = () => parts().directory.visibleTo(ben, [id])
    expect(await shown()).toEqual([{ ...summary, topic: 'Tents', lastActivityAt: second(5) }])
    await handle(id, setTopic(ben, null), second(6))
    expect(await shown()).toEqual([{ ...summary, topic: null, lastActivityAt: second(6) }])
    expect((await parts().directory.membersOf([id])).get(id)).toEqual([
      { userId: ben, role: 'owner', joinedAt: second(0) },
      { userId: cleo, role: 'member', joinedAt: second(1) },
      { userId: anna, role: 'member', joinedAt: second(4) },
    ])
    const described = await writer().describe(id)
    expect(described?.version).toBe(7)
    expect(described?.conversation.members.map(({ userId }) => userId)).toEqual([ben, cleo, anna])
  })

  it('records nothing for a refusal', async () => {
    const anna = newUser()
    const id = await group(anna)
    await expect(handle(id, leave(newUser()))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await writer().describe(id))?.version).toBe(1)
  })

  it('keeps a conversation without members, and shows it to no user', async () => {
    const anna = newUser()
    const id = await group(anna)
    await handle(id, leave(anna))
    expect(await parts().directory.visibleTo(anna, [id])).toEqual([])
    expect(await parts().directory.listOf(anna, null, 10)).toEqual([])
    expect(await parts().directory.membersOf([id])).toEqual(new Map())
    expect((await writer().describe(id))?.conversation.members).toEqual([])
  })

  it('I2: starts one direct conversation for many concurrent starts by both', async () => {
    const [anna, ben] = [newUser(), newUser()]
    const id = directConversationId(anna, ben)
    const pairs = [
      [anna, ben],
      [ben, anna],
      [anna, ben],
      [ben, anna],
    ] as const
    await Promise.all(
      pairs.map(([actor, userId], index) => writer(index).handle(id, startDirect(actor, userId), by(second(index)))),
    )
    expect((await writer().describe(id))?.version).toBe(1)
    expect(await parts().directory.listOf(anna, null, 10)).toHaveLength(1)
    expect(await parts().directory.listOf(ben, null, 10)).toHaveLength(1)
  })

  it('lets concurrent commands on one conversation all take effect, each once', async () => {
    const anna = newUser()
    const id = await group(anna)
    const joining = [newUser(), newUser(), newUser(), newUser()]
    // Each adds all of them: a later one adds those who are missing.
    await Promise.all(joining.map((_, index) => writer(index).handle(id, addMembers(anna, joining), by(second(1)))))
    expect((await writer().describe(id))?.version).toBe(5)
    const members = (await parts().directory.membersOf([id])).get(id) ?? []
    expect(members.map(({ userId }) => userId)).toEqual([anna, ...joining])
    expect(await parts().directory.visibleTo(anna, [id])).toMatchObject([{ memberCount: 5 }])
  })

  it('pages through the list of a user, last activity first, each conversation once', async () => {
    const [anna, ben] = [newUser(), newUser()]
    const ids: ConversationId[] = []
    // Three of a time, so that pages break inside equal times.
    for (let count = 0; count < 12; count += 1) ids.push(await group(anna, [], second(Math.floor(count / 3))))
    await group(ben)
    const seen: ConversationSummary[] = []
    for (let after: ListPosition | null = null; ;) {
      const page: readonly ConversationSummary[] = await parts().directory.listOf(anna, after, 5)
      seen.push(...page)
      after = page.at(-1) ?? null
      if (after === null) break
    }
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids))
    expect(seen).toHaveLength(12)
    const order = seen.map((one) => `${one.lastActivityAt.toISOString()}/${one.id}`)
    expect(order).toEqual(order.toSorted().reverse())
  })

  describe('the order of a list', () => {
    const orderFor = async (viewer: UserId) => (await parts().directory.listOf(viewer, null, 10)).map(({ id }) => id)
    const minute = (count: number): Date => second(60 * count)

    it('follows the events of a conversation, for all of its members', async () => {
      const [anna, ben] = [newUser(), newUser()]
      const [one, two] = [await group(anna, [ben], minute(0)), await group(anna, [ben], minute(1))]
      expect(await orderFor(ben)).toEqual([two, one])
      await handle(one, rename(anna, conversationTitle('Later')), minute(2))
      expect(await orderFor(ben)).toEqual([one, two])
      await handle(two, addMembers(anna, [newUser()]), minute(3))
      expect([await orderFor(anna), await orderFor(ben)]).toEqual([
        [two, one],
        [two, one],
      ])
    })

    it('follows messages, also for those who join later', async () => {
      const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
      const [one, two] = [await group(anna, [ben], minute(0)), await group(anna, [ben], minute(1))]
      await parts().activity.record(one, minute(5))
      expect([await orderFor(anna), await orderFor(ben)]).toEqual([
        [one, two],
        [one, two],
      ])
      await handle(one, addMembers(anna, [cleo]), minute(2))
      await handle(two, addMembers(anna, [cleo]), minute(3))
      expect(await orderFor(cleo)).toEqual([one, two])
      expect(await parts().directory.visibleTo(cleo, [one])).toMatchObject([{ lastActivityAt: minute(5) }])
    })

    it('never goes back, and ignores an unknown conversation', async () => {
      const anna = newUser()
      const id = await group(anna, [], minute(0))
      await parts().activity.record(id, minute(5))
      await parts().activity.record(id, minute(5))
      await parts().activity.record(id, minute(4))
      expect(await parts().directory.listOf(anna, null, 10)).toMatchObject([{ id, lastActivityAt: minute(5) }])
      await parts().activity.record(groupConversationId(anna, newClientId()), minute(9))
      expect(await orderFor(anna)).toEqual([id])
    })
  })
}
