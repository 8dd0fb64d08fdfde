import type { ConversationId } from '@parley/kernel/ids'
import type { Connection } from '@parley/platform/mongo/mongo.module'
import type { DriftReport } from '../infrastructure/drift'
import { Verification } from '../infrastructure/verification'
import { BusyConversation, busyPeople } from './busy-people'
import { testMongo, type TestMongo } from './test-mongo'
import { wholeProcess } from './whole-process'

export const stepsEach = 70

export type Row = Record<string, unknown> & { readonly _id: string }

/** The names in the lines of a report. */
export const kindsIn = (lines: readonly string[]): readonly string[] => lines.map((line) => line.slice(0, 16).trim())

/** What a verification has found: the lines of its report that say that something has drifted. */
export const driftedLines = (report: DriftReport): readonly string[] =>
  report.lines().filter((line) => !line.includes(' 0 drifted'))

/** Conversations in which people have done everything by two processes, and all of it is projected. */
export class QuietConversations {
  constructor(
    private readonly mongo: TestMongo,
    readonly ids: readonly [ConversationId, ...ConversationId[]],
  ) {}

  get connection(): Connection {
    return this.mongo.connection
  }

  rows(name: string) {
    return this.connection.collection<Row>(name)
  }

  /** The first row that is as a test needs it. */
  async rowOf(name: string, filter: object): Promise<Row> {
    const row = await this.rows(name).findOne(filter)
    if (row === null) throw new Error(`These people have made no ${name} like ${JSON.stringify(filter)}`)
    return row
  }

  async drift(isRepairing = false): Promise<readonly string[]> {
    const verification = new Verification(this.connection, { isRepairing })
    await verification.verify()
    return driftedLines(verification.report)
  }

  drop(): Promise<void> {
    return this.mongo.drop()
  }
}

export async function quietConversations(seeds: readonly [number, ...number[]]): Promise<QuietConversations> {
  const mongo = await testMongo()
  const processes = [wholeProcess(mongo.connection, busyPeople), wholeProcess(mongo.connection, busyPeople)] as const
  const conversations: BusyConversation[] = []
  // Each one after the first forwards from it as well.
  for (const seed of seeds) conversations.push(new BusyConversation(seed, busyPeople, conversations[0]))
  for (const conversation of conversations) {
    await conversation.begin(processes[0])
    for (let step = 0; step < stepsEach; step += 1) await conversation.act(processes[step % 2 === 0 ? 0 : 1])
  }
  for (const process of processes) await process.settle()
  await processes[0].relayAll()
  return new QuietConversations(mongo, conversations.map(({ id }) => id) as [ConversationId])
}
