import type { ConversationId, UserId } from '@parley/kernel/ids'
import { directConversationId, groupConversationId } from '../application/conversation-ids'
import type { ConversationDirectory, ListedConversation, ListPosition } from '../application/conversation-directory'
import type { Conversations } from '../application/conversations'
import { addMembers, leave, rename, startDirect, startGroup } from '../domain/commands'
import type { ConversationCommand } from '../domain/conversation'
import { conversationTitle } from '../domain/conversation-title'
import { newClientId, newUser } from '@parley/platform/testing/ids'

export interface ConversationParts {
  /** Several of them stand for several processes. */
  readonly writers: readonly Conversations[]
  readonly directory: ConversationDirectory
}

const second = (count: number): Date => new Date(Date.UTC(2027, 0, 1, 12, 0, count))

/** What Conversations and ConversationDirectory keep together: run on the fake and on PostgreSQL. */
export function conversationsContract(parts: () => ConversationParts): void {
  const writer = (index = 0): Conversations => {
    const { writers } = parts()
    const one = writers[index % writers.length]
    if (one === undefined) throw new Error('A contract needs a writer')
    return one
  }
  /** Who is noted beside the events is of no account here. */
  const by = (at: Date) => ({ actor: newUser(), at })
  const handle = (id: ConversationId, command: ConversationCommand, at = second(0)) =>
    writer().handle(id, command, by(at))
  const positionOf = ({ joinedAt, conversation }: ListedConversation): ListPosition => ({
    joinedAt,
    id: conversation.id,
  })

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

  it('knows nothing of what has not begun', async () => {
    const id = groupConversationId(newUser(), newClientId())
    expect(await writer().describe(id)).toBeNull()
    expect(await parts().directory.visibleTo(newUser(), [id])).toEqual([])
    expect(await parts().directory.listOf(newUser(), null, 10)).toEqual([])
    expect(await parts().directory.membersOf([id])).toEqual(new Map())
  })

  it('shows a group to its members and to nobody else', async () => {
    const [anna, ben, cleo] = [newUser(), newUser(), newUser()]
    const id = await group(anna, [ben], second(7), 'Grüße, 世界 👋')
    const summary = { id, kind: 'group', title: 'Grüße, 世界 👋', memberCount: 2, createdAt: second(7) }
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
    expect(await parts().directory.visibleTo(ben, [id])).toEqual([
      { id, kind: 'group', title: 'Later', memberCount: 3, createdAt: second(0) },
    ])
    expect((await parts().directory.membersOf([id])).get(id)).toEqual([
      { userId: ben, role: 'owner', joinedAt: second(0) },
      { userId: cleo, role: 'member', joinedAt: second(1) },
      { userId: anna, role: 'member', joinedAt: second(4) },
    ])
    const described = await writer().describe(id)
    expect(described?.version).toBe(5)
    expect(described?.conversation.members.map(({ userId }) => userId)).toEqual([ben, cleo, anna])
  })

  it('records nothing for a refusal', async () => {
    const anna = newUser()
    const id = await group(anna)
    await expect(handle(id, leave(newUser()))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await writer().describe(id))?.version).toBe(1)
  })

  it('keeps a conversation that everybody has left, for nobody to see', async () => {
    const anna = newUser()
    const id = await group(anna)
    await handle(id, leave(anna))
    expect(await parts().directory.visibleTo(anna, [id])).toEqual([])
    expect(await parts().directory.listOf(anna, null, 10)).toEqual([])
    expect(await parts().directory.membersOf([id])).toEqual(new Map())
    expect((await writer().describe(id))?.conversation.members).toEqual([])
  })

  it('I2: begins one direct conversation, however often both start it at once', async () => {
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
    // Each asks for everybody: whoever comes later adds what is left.
    await Promise.all(joining.map((_, index) => writer(index).handle(id, addMembers(anna, joining), by(second(1)))))
    expect((await writer().describe(id))?.version).toBe(5)
    const members = (await parts().directory.membersOf([id])).get(id) ?? []
    expect(members.map(({ userId }) => userId)).toEqual([anna, ...joining])
    expect(await parts().directory.visibleTo(anna, [id])).toMatchObject([{ memberCount: 5 }])
  })

  it('pages through the list of somebody, newest membership first, each conversation once', async () => {
    const [anna, ben] = [newUser(), newUser()]
    const ids: ConversationId[] = []
    // Three of a time, so that pages break inside equal times.
    for (let count = 0; count < 12; count += 1) ids.push(await group(anna, [], second(Math.floor(count / 3))))
    await group(ben)
    const seen: ListedConversation[] = []
    for (let after: ListPosition | null = null; ;) {
      const page: readonly ListedConversation[] = await parts().directory.listOf(anna, after, 5)
      seen.push(...page)
      const last = page.at(-1)
      if (last === undefined) break
      after = positionOf(last)
    }
    expect(new Set(seen.map(({ conversation }) => conversation.id))).toEqual(new Set(ids))
    expect(seen).toHaveLength(12)
    const order = seen.map((one) => `${one.joinedAt.toISOString()}/${one.conversation.id}`)
    expect(order).toEqual(order.toSorted().reverse())
  })

  it('puts a conversation that was joined later at the top', async () => {
    const [anna, ben] = [newUser(), newUser()]
    const old = await group(anna, [], second(0))
    const recent = await group(ben, [], second(5))
    await handle(old, addMembers(anna, [ben]), second(9))
    const listed = await parts().directory.listOf(ben, null, 10)
    expect(listed.map(({ conversation }) => conversation.id)).toEqual([old, recent])
    expect(listed[0]?.joinedAt).toEqual(second(9))
  })
}
