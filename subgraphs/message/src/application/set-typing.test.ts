import type { UserId } from '@parley/kernel/ids'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import type { Admission } from './admission'
import { liveChannels, type TypingSign } from './channels'
import { SetTyping, SetTypingHandler } from './set-typing'

describe('setTyping', () => {
  const [ann, ben, outsider] = [newUser(), newUser(), newUser()]
  const conversationId = newConversation()
  const signs: TypingSign[] = []
  const channels = new MemoryChannels()
  const admission = {
    assertMember: async (_conversation: unknown, userId: UserId) => {
      if (userId === outsider) throw new Error('not a member')
    },
  } as unknown as Admission
  let handler: SetTypingHandler
  let stop: () => void
  const set = (userId: UserId, isTyping: boolean, where = conversationId) =>
    handler.execute(new SetTyping(where, userId, isTyping))

  beforeEach(async () => {
    jest.useFakeTimers()
    handler = new SetTypingHandler(admission, channels)
    signs.length = 0
    stop = await channels.subscribe(liveChannels.typing, conversationId, (sign) => signs.push(sign))
  })
  afterEach(() => {
    stop()
    jest.useRealTimers()
  })

  it('tells the members, an end at once', async () => {
    await set(ann, true)
    await set(ann, false)
    expect(signs).toEqual([
      { userId: ann, isTyping: true },
      { userId: ann, isTyping: false },
    ])
  })

  it('tells one sign of a person in two seconds, whatever comes', async () => {
    for (let tenth = 0; tenth < 200; tenth += 1) {
      await set(ann, true)
      jest.advanceTimersByTime(100)
    }
    expect(signs).toHaveLength(11)
    await set(ben, true)
    expect(signs.at(-1)).toEqual({ userId: ben, isTyping: true })
  })

  it('tells nothing of an outsider', async () => {
    await expect(set(outsider, true)).rejects.toThrow('not a member')
    expect(signs).toEqual([])
  })
})
