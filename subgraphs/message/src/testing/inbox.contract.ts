import type { UserId } from '@parley/kernel/ids'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import type { Inbox } from '../application/inbox'
import { afterReading, afterUnreading, type ReadState, unread } from '../domain/read-state'

const lines = 12
const own = [2, 3, 7, 11]
const ownFrom = (line: number) => own.filter((one) => one >= line)

const marking = fc.record({
  revision: fc.nat({ max: 2 }),
  line: fc.integer({ min: 1, max: lines }),
  unreads: fc.boolean(),
})
type Marking = { readonly revision: number; readonly line: number; readonly unreads: boolean }

const after = (state: ReadState, { revision, line, unreads }: Marking): ReadState =>
  unreads
    ? afterUnreading(state, { revision, line, lines, ownLines: ownFrom(line) })
    : afterReading(state, line, revision)

/** The contract of Inbox, run on the fake and on MongoDB, with several writers that simulate processes. */
export function inboxContract(inboxes: () => readonly Inbox[]): void {
  const one = (index = 0): Inbox => inboxes()[index % inboxes().length] as Inbox
  const stateOf = async (userId: UserId, id: ReturnType<typeof newConversation>) =>
    (await one().readStates(userId, [id])).get(id) ?? unread

  it('I6: ends in the state that the rules say, whatever devices tell at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(marking, { minLength: 1, maxLength: 8 }), async (told) => {
        const [id, me] = [newConversation(), newUser()]
        const tell = ({ revision, line, unreads }: Marking, index: number) =>
          unreads
            ? one(index).markUnread(me, id, { revision, line, lines, ownLines: ownFrom(line) })
            : one(index).markRead(me, id, line, revision)
        let expected = unread
        // A device can only know a revision that there is.
        for (let revision = 0; revision <= expected.revision; revision += 1) {
          const now = told.filter((one) => one.revision === revision)
          await Promise.all(now.map(tell))
          expected = now.reduce(after, expected)
          expect(await stateOf(me, id)).toEqual(expected)
        }
        // Once more, too late.
        await Promise.all(told.filter(({ revision }) => revision < expected.revision).map(tell))
        expect(await stateOf(me, id)).toEqual(expected)
      }),
      { numRuns: 40, seed: 11 },
    )
  })

  it('takes lines from clients that know no revision only if they were not there at the mark', async () => {
    const [id, me] = [newConversation(), newUser()]
    await one().markRead(me, id, 10)
    await one().markUnread(me, id, { revision: 0, line: 5, lines: 10, ownLines: [] })
    await one(1).markRead(me, id, 10)
    expect(await stateOf(me, id)).toEqual({ revision: 1, readLine: 4, ownLines: [], heldLine: 10 })
    await one(1).markRead(me, id, 11)
    expect(await stateOf(me, id)).toMatchObject({ revision: 1, readLine: 11 })
  })

  it('keeps who has muted it, of the last change, and nothing else of the row changes by it', async () => {
    const [id, other, me, ben] = [newConversation(), newConversation(), newUser(), newUser()]
    const until = new Date(Date.now() + 60_000)
    const muteOf = async () => (await one(1).readStates(me, [id])).get(id)?.mute
    const mutedBy = (at: Date) => one().mutedBy(id, [me, ben], at)
    expect(await muteOf()).toBeUndefined()
    await one().setMute(me, id, { isMuted: true, until })
    expect(await muteOf()).toEqual({ isMuted: true, until, revision: 1 })
    expect(await mutedBy(new Date())).toEqual(new Set([me]))
    expect(await mutedBy(until)).toEqual(new Set())
    await one(1).markRead(me, id, 7)
    await one(1).setMute(me, id, { isMuted: true, until: null })
    expect(await stateOf(me, id)).toMatchObject({ readLine: 7, mute: { isMuted: true, until: null, revision: 2 } })
    expect(await mutedBy(new Date(8.64e15))).toEqual(new Set([me]))
    await one().setMute(me, id, { isMuted: false, until: null })
    expect(await muteOf()).toEqual({ isMuted: false, until: null, revision: 3 })
    expect(await mutedBy(new Date())).toEqual(new Set())
    expect((await one().readStates(me, [other])).get(other)).toBeUndefined()
  })

  it('takes the first two mutes of a conversation at once, each with a revision of its own', async () => {
    const [id, me] = [newConversation(), newUser()]
    await Promise.all([0, 1].map((index) => one(index).setMute(me, id, { isMuted: index === 0, until: null })))
    expect((await one().readStates(me, [id])).get(id)?.mute).toMatchObject({ revision: 2 })
  })

  it('says that a mute has changed to those who ask what has', async () => {
    const [id, me] = [newConversation(), newUser()]
    const since = new Date(Date.now() - 1_000)
    await one().setMute(me, id, { isMuted: true, until: null })
    expect(await one(1).changedSince(me, since)).toEqual([id])
  })

  it('knows how far members have seen it, which a mark does not take back, and since when', async () => {
    const [id, ann, ben, nobody] = [newConversation(), newUser(), newUser(), newUser()]
    await one().markRead(ann, id, 9)
    await one().markUnread(ann, id, { revision: 0, line: 2, lines: 9, ownLines: [] })
    await one().enter([ben], id, 6)
    expect(await one().receipts(id, [ann, nobody])).toEqual(new Map([[ann, { readLine: 9, sinceLine: 0 }]]))
    await one().markRead(ben, id, 8, 0)
    expect((await one().receipts(id, [ben])).get(ben)).toEqual({ readLine: 8, sinceLine: 6 })
    // Both hold also where the position has been further: told by a device that is late, or by Kafka once more.
    await one().markRead(ann, id, 11, 0)
    expect((await one().receipts(id, [ann])).get(ann)).toEqual({ readLine: 11, sinceLine: 0 })
    await one().enter([ben], id, 7)
    expect((await one().receipts(id, [ben])).get(ben)).toEqual({ readLine: 8, sinceLine: 7 })
    // Back again, after everything that they had marked.
    await one().enter([ann], id, 12)
    expect(await stateOf(ann, id)).toMatchObject({ revision: 1, readLine: 12 })
  })
}
