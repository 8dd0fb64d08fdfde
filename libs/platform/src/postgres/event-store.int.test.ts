import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Decision, fold } from '@parley/kernel/decider'
import { DomainError } from '@parley/kernel/errors'
import { eq, sql } from 'drizzle-orm'
import { type EventStream, handleCommand, readStream } from './event-store'
import { events } from './tables'
import { openDatabase, type TestDatabase, testDatabase } from './testing/test-database'

type Added = { readonly type: 'added'; readonly data: { readonly amount: number } }

const sums: EventStream<number, Added> = {
  initial: 0,
  evolve: (sum, { data }) => sum + data.amount,
  upcast: ({ type, data }) => ({ type: 'added', data: type === 'plus' ? { amount: data['plus'] } : data }) as Added,
}

const adding =
  (...amounts: number[]): Decision<number, Added> =>
  (sum) => {
    if (sum < 0) throw new DomainError('state', 'CONFLICT', 'Nothing is taken below zero.')
    return amounts.map((amount) => ({ type: 'added', data: { amount } }))
  }

/** The same, recording the sums that it was called with. */
function watched(decide: Decision<number, Added>): Decision<number, Added> & { readonly seen: number[] } {
  const seen: number[] = []
  return Object.assign((sum: number) => (seen.push(sum), decide(sum)), { seen })
}

const metadata = { actor: randomUUID(), at: new Date('2027-01-01T12:00:00.123Z') }
const nothing = (): Promise<void> => Promise.resolve()

describe('the event store', () => {
  let postgres: TestDatabase
  let other: TestDatabase

  const versions = async (streamId: string) =>
    (await readStream(postgres.db, sums, streamId)).map(({ version }) => version)
  const add = (streamId: string, ...amounts: number[]) =>
    handleCommand(postgres.db, sums, streamId, adding(...amounts), metadata, nothing)

  beforeAll(async () => {
    postgres = await testDatabase(join(__dirname, '../../../../subgraphs/conversation/migrations'))
    other = openDatabase(postgres.url)
  })
  afterAll(async () => {
    await other.sql.end()
    await postgres.drop()
  })

  it('appends the decided events and returns the new state', async () => {
    const streamId = randomUUID()
    await add(streamId, 1, 2)
    expect(await add(streamId, 3)).toEqual({
      state: 6,
      version: 3,
      recorded: [{ ...metadata, streamId, version: 3, event: { type: 'added', data: { amount: 3 } } }],
    })
    expect(await readStream(postgres.db, sums, streamId)).toEqual(
      [1, 2, 3].map((amount, index) => ({
        ...metadata,
        streamId,
        version: index + 1,
        event: { type: 'added', data: { amount } },
      })),
    )
  })

  it('rebuilds the state of any version', async () => {
    const streamId = randomUUID()
    await add(streamId, 1, 10, 100)
    const upTo = async (version: number) =>
      fold(
        sums,
        (await readStream(postgres.db, sums, streamId, version)).map(({ event }) => event),
      )
    expect(await Promise.all([0, 1, 2, 3, 4].map(upTo))).toEqual([0, 1, 11, 111, 111])
  })

  it('upcasts events that older versions stored', async () => {
    const streamId = randomUUID()
    await postgres.sql`insert into events values (${streamId}, 1, 'plus', '{"plus": 7}', ${metadata.actor}, now())`
    expect(await add(streamId, 1)).toMatchObject({ state: 8, version: 2 })
  })

  it('appends and projects nothing when there are no events', async () => {
    const streamId = randomUUID()
    const forbidden = () => Promise.reject(new Error('There is nothing to project'))
    expect(await handleCommand(postgres.db, sums, streamId, adding(), metadata, forbidden)).toEqual({
      state: 0,
      version: 0,
      recorded: [],
    })
    expect(await versions(streamId)).toEqual([])
  })

  it('does not retry a refusal', async () => {
    const streamId = randomUUID()
    await add(streamId, -1)
    const command = watched(adding(1))
    await expect(handleCommand(postgres.db, sums, streamId, command, metadata, nothing)).rejects.toMatchObject({
      message: 'Nothing is taken below zero.',
    })
    expect(command.seen).toHaveLength(1)
  })

  it('keeps no event whose projection failed', async () => {
    const streamId = randomUUID()
    const failing = () => Promise.reject(new Error('The projection is broken'))
    const command = watched(adding(1))
    await expect(handleCommand(postgres.db, sums, streamId, command, metadata, failing)).rejects.toThrow('broken')
    expect(command.seen).toHaveLength(1)
    expect(await versions(streamId)).toEqual([])
  })

  it('decides again on the newer state after a conflict', async () => {
    const streamId = randomUUID()
    await add(streamId, 1)
    const late = watched(adding(100))
    // The rival keeps its insert uncommitted until the other writer waits for it, then commits.
    const rival = await other.sql.reserve()
    await rival`begin`
    await rival`insert into events values (${streamId}, 2, 'added', '{"amount": 10}', ${metadata.actor}, now())`
    const outcome = handleCommand(postgres.db, sums, streamId, late, metadata, nothing)
    await waitForLock(other)
    await rival`commit`
    rival.release()
    expect(await outcome).toMatchObject({ state: 111, version: 3 })
    expect(late.seen).toEqual([1, 11])
  })

  it('applies the commands of five concurrent writers, each once and without a gap', async () => {
    const streamId = randomUUID()
    const writers = [postgres.db, other.db, postgres.db, other.db, postgres.db]
    await Promise.all(writers.map((db) => handleCommand(db, sums, streamId, adding(1, 1), metadata, nothing)))
    expect(await versions(streamId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('gives up after five attempts with CONFLICT', async () => {
    const streamId = randomUUID()
    // This trigger causes a conflict on every attempt for this stream.
    await postgres.sql.unsafe(`
      create function overtake() returns trigger language plpgsql as $$ begin
        raise exception using errcode = 'unique_violation', constraint = 'events_stream_id_version_pk', message = 'overtaken';
      end $$;
      create trigger overtake before insert on events for each row when (new.stream_id = '${streamId}') execute function overtake()`)
    const command = watched(adding(1))
    const outcome = handleCommand(postgres.db, sums, streamId, command, metadata, nothing)
    await expect(outcome).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'Others were changing the same thing. Try again.',
    })
    expect(command.seen).toHaveLength(5)
  })

  it('does not treat the unique violation of a projection as a conflict', async () => {
    const streamId = randomUUID()
    const command = watched(adding(1))
    const twice = handleCommand(postgres.db, sums, streamId, command, metadata, async (tx) => {
      await tx.execute(sql`create temporary table once (id int constraint once_pk primary key) on commit drop`)
      await tx.execute(sql`insert into once values (1), (1)`)
    })
    await expect(twice).rejects.toMatchObject({ cause: { constraint_name: 'once_pk' } })
    expect(command.seen).toHaveLength(1)
    expect(await postgres.db.select().from(events).where(eq(events.streamId, streamId))).toEqual([])
  })
})

/** Resolves when a statement in the database waits for another one's lock. */
async function waitForLock({ sql: client }: TestDatabase): Promise<void> {
  for (;;) {
    const waiting =
      await client`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (waiting.length > 0) return
  }
}
