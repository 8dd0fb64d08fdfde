import type { Message } from './domain/message'
import { lineOf } from './domain/timeline-event'
import { rebuildProjections } from './infrastructure/rebuild'
import { Verification } from './infrastructure/verification'
import { BusyConversation, busyPeople } from './testing/busy-people'
import { driftedLines } from './testing/quiet-conversations'
import { testMongo, type TestMongo } from './testing/test-mongo'
import { wholeProcess, type WholeProcess } from './testing/whole-process'

type Row = Record<string, unknown> & { readonly _id: string }

describe('while two processes write', () => {
  let mongo: TestMongo
  let writers: readonly WholeProcess[]
  let reader: WholeProcess
  const first = new BusyConversation(41)
  const conversations = [first, new BusyConversation(42, busyPeople, first)]
  const rows = (name: string) => mongo.connection.collection<Row>(name)

  beforeAll(async () => {
    mongo = await testMongo()
    const started = () => wholeProcess(mongo.connection, busyPeople)
    writers = [started(), started()]
    reader = started()
    for (const conversation of conversations) {
      await conversation.begin(writers[0]!)
      for (let step = 0; step < 20; step += 1) await conversation.act(writers[step % 2]!)
    }
  }, 180_000)
  afterAll(async () => {
    for (const process of writers) await process.settle()
    await mongo.drop()
  }, 60_000)

  /** Everybody acts, each process in both conversations and one of them relays, until the work is done. */
  async function whileActing<Result>(work: () => Promise<Result>): Promise<Result> {
    const state = { isOver: false }
    const acting = writers.flatMap((process, index) =>
      conversations.map(async (conversation) => {
        for (let step = 1; !state.isOver; step += 1) {
          await conversation.act(process)
          if (index === 0 && step % 5 === 0) await process.relayAll()
        }
      }),
    )
    try {
      return await work()
    } finally {
      state.isOver = true
      await Promise.all(acting)
    }
  }

  async function settled(): Promise<void> {
    for (const process of writers) await process.settle()
    await writers[0]!.relayAll()
  }

  async function drift(isRepairing = false): Promise<readonly string[]> {
    const verification = new Verification(mongo.connection, { isRepairing })
    await verification.verify()
    return driftedLines(verification.report)
  }

  it('a verification finds no drift that is not there', async () => {
    const found = await whileActing(async () => {
      const lines: string[] = []
      for (let round = 0; round < 15; round += 1) lines.push(...(await drift()))
      return lines
    })
    expect(found).toEqual([])
    await settled()
    expect(await drift()).toEqual([])
  }, 120_000)

  it('a repair does not undo what is written meanwhile', async () => {
    await whileActing(async () => {
      for (let round = 0; round < 5; round += 1) {
        await rows('messages').updateMany({ seq: { $mod: [5, round] } }, { $set: { text: 'spoiled' } })
        await rows('inbox').updateMany({}, { $set: { ownLines: [] } })
        await rows('mentions').updateMany({}, { $set: { lines: {} } })
        await drift(true)
      }
    })
    await settled()
    await drift(true)
    expect(await drift()).toEqual([])
  }, 120_000)

  it('I9: a rebuild shows readers nothing that is missing or older, and loses nothing', async () => {
    const [conversation] = conversations as [BusyConversation]
    const seen = new Map<string, Message>()
    const faults: string[] = []
    const state = { isOver: false }
    async function look(): Promise<void> {
      const known = [...seen.keys()]
      const before = (await reader.log.head(conversation.id)).lines
      const page = await reader.current.lines(conversation.id, (lines) => ({ from: 1, to: lines }))
      if (page.lines < before) faults.push(`${page.lines} lines after ${before}`)
      const gaps = page.events.filter((event, index) => lineOf(event) !== index + 1)
      if (gaps.length > 0 || page.events.length !== page.lines) faults.push('a gap')
      const shown = [
        ...page.events.flatMap(({ message }) => message ?? []),
        ...(await reader.current.byId(known as never)),
      ]
      const shownIds = new Set<string>(shown.map(({ id }) => id))
      for (const id of known) if (!shownIds.has(id)) faults.push(`${id} is gone`)
      for (const message of shown) {
        const last = seen.get(message.id)
        if (last !== undefined && message.version < last.version) faults.push(`${message.id} is older`)
        if (last === undefined || message.version > last.version) seen.set(message.id, message)
      }
    }
    await whileActing(async () => {
      // One after the other: of two at once the one that began first may end last, with what was right when it began.
      const looking = (async () => {
        while (!state.isOver) await look()
        await look()
      })()
      for (let round = 0; round < 4; round += 1) expect(await rebuildProjections(mongo.connection)).toBeGreaterThan(0)
      state.isOver = true
      await looking
    })
    expect(faults).toEqual([])
    await settled()
    const everything = async () => ({
      messages: await rows('messages').find().sort({ _id: 1 }).toArray(),
      heads: await rows('conversation_heads')
        .find({}, { projection: { changedAt: 0 } })
        .sort({ _id: 1 })
        .toArray(),
      inbox: await rows('inbox')
        .find({}, { projection: { changedAt: 0 } })
        .sort({ _id: 1 })
        .toArray(),
    })
    const live = await everything()
    await rows('messages').deleteMany({})
    await rows('conversation_heads').deleteMany({})
    const count = await rows('timeline_events').countDocuments()
    expect(await rebuildProjections(mongo.connection)).toBe(count)
    expect(await everything()).toEqual(live)
    expect(await drift()).toEqual([])
  }, 120_000)
})
