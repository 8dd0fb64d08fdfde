import { randomUUID } from 'node:crypto'
import type { Sql } from '../database'
import { migratePostgres } from '../migrate'
import { unexcused } from '../../testing/query-plans'
import { linesOf, observePlans, type StatementPlan } from './query-plans'
import { openDatabase, type TestDatabase, testDatabaseUrl } from './test-database'

describe('observed plans', () => {
  let postgres: TestDatabase
  const planOf = async (work: (sql: Sql) => PromiseLike<unknown>): Promise<StatementPlan> => {
    const plans = await observePlans(postgres.url, async (_db, sql) => {
      await work(sql)
    })
    const [plan] = plans
    if (plan === undefined || plans.length > 1) throw new Error(`${plans.length} plans instead of one`)
    return plan
  }

  beforeAll(async () => {
    const url = testDatabaseUrl()
    await migratePostgres(url, `${__dirname}/../../../../../subgraphs/conversation/migrations`)
    postgres = openDatabase(url)
    await postgres.sql`create table people (id int primary key, name text not null, town text not null)`
    await postgres.sql`create index people_name on people (name, id)`
    await postgres.sql`create table dogs (owner int not null references people on delete cascade)`
    await postgres.sql`insert into people select n, 'name ' || n % 1000, 'town' from generate_series(1, 20000) n`
    await postgres.sql`insert into dogs select n from generate_series(1, 20000) n`
    await postgres.sql`analyze`
  })
  afterAll(() => postgres.drop())

  it('accept a search by an index, in either direction', async () => {
    const good = [
      await planOf((sql) => sql`select town from people where id = ${7}`),
      await planOf((sql) => sql`select town from people where id in (${7}, ${8}, ${9})`),
      await planOf((sql) => sql`select town from people where name > ${'name 7'} order by name, id limit 5`),
      await planOf((sql) => sql`select town from people order by name, id limit 5 for update`),
      await planOf((sql) => sql`update people set town = ${'Bern'} where id = ${7}`),
    ]
    expect(good.flatMap(({ faults }) => faults)).toEqual([])
    expect(linesOf(good)).toContain('select town from people where id in (?, …) → people_pkey')
  })

  it.each<[string, (sql: Sql) => PromiseLike<unknown>, RegExp]>([
    ['a scan', (sql) => sql`select id from people where town = ${'Bern'}`, /^Seq Scan on people/],
    ['a scan below a write', (sql) => sql`delete from people where town = ${'nowhere'}`, /^Seq Scan on people/],
    ['a sort', (sql) => sql`select id from people where id < ${9} order by town`, /^Sort/],
    ['half a sort', (sql) => sql`select id from people order by name, town limit 5`, /^Incremental Sort/],
    ['a walk over an index', (sql) => sql`select count(id) from people where id is not null`, /people/],
    [
      'a walk that a limit may not end',
      (sql) => sql`select id from people where town = ${'nowhere'} order by name, id limit 1`,
      /people/,
    ],
  ])('find %s', async (_what, work, fault) => {
    const { faults } = await planOf(work)
    expect(faults).toEqual(expect.arrayContaining([expect.stringMatching(fault)]))
  })

  it('cover transactions and the lookups of foreign keys', async () => {
    const plans = await observePlans(postgres.url, (_db, sql) =>
      sql.begin(async (tx) => {
        await tx`delete from people where id = ${19_000}`
      }),
    )
    expect(plans.flatMap(({ faults }) => faults)).toEqual([expect.stringMatching(/^Seq Scan on dogs/)])
  })

  it('report an unneeded exemption', async () => {
    const plans = [await planOf((sql) => sql`select id from people where town = ${randomUUID()}`)]
    expect(unexcused(plans, {})).toMatchObject({ slow: plans, needless: [] })
    expect(unexcused(plans, { 'towns are few': /from people where town/, stale: /from cats/ })).toEqual({
      slow: [],
      needless: ['stale'],
    })
  })
})
