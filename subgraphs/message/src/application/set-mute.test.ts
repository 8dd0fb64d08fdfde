import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { InvalidFields } from '@parley/kernel/errors'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { MemoryInbox } from '../testing/memory-inbox'
import { Admission } from './admission'
import { liveChannels } from './channels'
import { MuteConversation, MuteConversationHandler, UnmuteConversation, UnmuteConversationHandler } from './set-mute'

describe('muting', () => {
  const [me, outsider, id] = [newUser(), newUser(), newConversation()]
  const isMember = (_conversation: string, userId: string) => Promise.resolve(userId !== outsider)
  const admission = new Admission({ isMember } as MembershipReplica)
  const [inbox, channels] = [new MemoryInbox(), new MemoryChannels()]
  const muting = new MuteConversationHandler(admission, inbox, channels)
  const unmuting = new UnmuteConversationHandler(admission, inbox, channels)
  const now = new Date()
  const mute = (until: Date | null, by = me) => muting.execute(new MuteConversation(id, by, until, now))
  const stored = async (by = me) => (await inbox.readStates(by, [id])).get(id)?.mute

  it('is until a time, or until it is unmuted, and told to the own devices only', async () => {
    const told: unknown[] = []
    const stops = [
      await channels.subscribe(liveChannels.inbox, me, (hint) => told.push(hint)),
      await channels.subscribe(liveChannels.inbox, outsider, () => told.push('somebody else')),
      await channels.subscribe(liveChannels.timeline, id, () => told.push('everybody')),
    ]
    const until = new Date(now.getTime() + 3_600_000)
    await mute(until)
    expect(await stored()).toEqual({ isMuted: true, until, revision: 1 })
    await mute(null)
    expect(await stored()).toEqual({ isMuted: true, until: null, revision: 2 })
    await unmuting.execute(new UnmuteConversation(id, me))
    expect(await stored()).toMatchObject({ isMuted: false })
    for (const stop of stops) stop()
    expect(told).toEqual([id, id, id])
  })

  it('I7: is refused to those who are not in the conversation, as if there were none', async () => {
    await expect(mute(null, outsider)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(unmuting.execute(new UnmuteConversation(id, outsider))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await stored(outsider)).toBeUndefined()
  })

  it('I10: is refused for a time that is over, or too far ahead', async () => {
    const before = await stored()
    for (const until of [now, new Date(0), new Date(now.getTime() + 400 * 86_400_000)])
      await expect(mute(until)).rejects.toBeInstanceOf(InvalidFields)
    expect(await stored()).toEqual(before)
  })
})
