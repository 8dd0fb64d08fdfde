import { newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve, type Message, rootIn } from '../domain/message'
import { deletionOf, editOf, entry, replyTo } from '../testing/entries'
import { MemoryThreads } from '../testing/memory-threads'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { FollowedThreads } from './followed-threads'

const [ann, ben] = [newUser(), newUser()]

describe('the threads of a live inbox', () => {
  const log = new MemoryTimelineLog()
  const id = newConversation()
  let followed: FollowedThreads
  let root: Message

  beforeEach(async () => {
    followed = new FollowedThreads(ann, new MemoryThreads(log))
    const sent = evolve(null, await log.append(entry({ conversationId: id, actorId: ann }))) as Message
    const reply = await log.append(replyTo(sent, { actorId: ben }))
    root = rootIn(reply) as Message
    followed.hear(reply)
  })

  it('I7: lack those of a conversation that was left while they were read', async () => {
    const settling = followed.settle()
    followed.leave(id)
    await settling
    expect(followed.take(10)).toMatchObject({ threads: [], unreadThreads: 0 })
    const loading = followed.load([id], new Date(0))
    followed.leave(id)
    await loading
    expect(followed.take(10)).toMatchObject({ threads: [], unreadThreads: 0 })
    await followed.load([id], new Date(0))
    expect(followed.take(10).threads.map(({ rootId }) => rootId)).toContain(root.id)
  })

  it('tell of a root that was edited or deleted: its old words must not stay where it is listed', async () => {
    await followed.settle()
    followed.take(10)
    for (const change of [editOf(root, 'Better'), deletionOf(root)]) {
      expect(followed.hear(await log.append(change))).toBe(true)
      expect(followed.take(10).threads).toMatchObject([{ rootId: root.id, unread: 1 }])
    }
    const other = evolve(null, await log.append(entry({ conversationId: id, actorId: ann }))) as Message
    expect(followed.hear(await log.append(editOf(other, 'No thread')))).toBe(false)
  })
})
