import { Logger } from '@nestjs/common'
import { limits } from '../limits'
import { testSupergraph } from '../testing/supergraph'
import { Epoch } from '../supergraph/epoch'
import { Documents, type Planner } from './documents'
import { hashOf, isKnown, type Outcome } from './memory'
import { Newcomers } from './newcomers'
import type { Finding } from './planning.worker'

beforeAll(() => {
  Logger.overrideLogger(false)
})

/** Answers when the test says so, and records what it was asked to plan. */
class FakePlanner implements Planner {
  readonly asked: string[] = []
  finding: Finding = { kind: 'planned', plans: [{ name: '', plan: { kind: 'QueryPlan' } }] }
  #held: (() => void)[] | undefined

  hold(): void {
    this.#held = []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const go of held) go()
  }

  async plan(text: string): Promise<Finding> {
    this.asked.push(text)
    if (this.#held !== undefined) await new Promise<void>((go) => this.#held?.push(go))
    return this.finding
  }

  async close(): Promise<void> {}
}

const epoch = new Epoch(testSupergraph())
const documentsWith = (planner: Planner) => new Documents(epoch, planner, new Newcomers())
const codeOf = (outcome: Outcome) =>
  isKnown(outcome)
    ? 'known'
    : ((outcome[0]?.originalError as { code?: string } | undefined)?.code ?? outcome[0]?.extensions['code'])

const party = { session: 's', address: 'a' }
const query = (index: number) => `{ a${index}: extra }`

test('a known document is planned once, however many callers send it', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  const [one, other] = await Promise.all([
    documents.admit({ text: '{ extra }' }, party),
    documents.admit({ text: '{ extra }' }, {}),
  ])
  expect(one).toBe(other)
  expect(await documents.admit({ text: '{ extra }' }, party)).toBe(one)
  expect(planner.asked).toEqual(['{ extra }'])
})

test.each([
  ['too complex', `{ ${'extra '.repeat(100)} }`, 'OPERATION_TOO_COMPLEX'],
  ['too long', `{ extra } #${'x'.repeat(limits.documentBytes)}`, 'OPERATION_TOO_COMPLEX'],
  ['malformed', '{ extra', 'GRAPHQL_PARSE_FAILED'],
  [
    'a subscription whose field may be taken away',
    'subscription ($a: Boolean!) { extraTicks @skip(if: $a) }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'the same in fragments',
    'subscription { ...F } fragment F on Subscription { ... @include(if: true) { extraTicks } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
])('what is %s never reaches the planner', async (_what, text, code) => {
  const planner = new FakePlanner()
  const outcome = await documentsWith(planner).admit({ text }, party)
  expect(codeOf(outcome)).toBe(code)
  expect(planner.asked).toEqual([])
})

test.each([
  ['invalid', { kind: 'invalid', faults: [{ message: 'No.', positions: [2] }] }, 'GRAPHQL_VALIDATION_FAILED'],
  ['exhausting', { kind: 'exhausting' }, 'OPERATION_TOO_COMPLEX'],
  ['beyond the planner', { kind: 'failed', reason: 'a defect' }, 'GRAPHQL_VALIDATION_FAILED'],
] as const)('a document that is %s is refused, and the refusal is remembered', async (_what, finding, code) => {
  const planner = new FakePlanner()
  planner.finding = finding
  const documents = documentsWith(planner)
  const refused = await documents.admit({ text: '{ extra }' }, party)
  expect(codeOf(refused)).toBe(code)
  expect(await documents.admit({ text: '{ extra }' }, party)).toBe(refused)
  expect(planner.asked).toHaveLength(1)
})

test('a refusal by size is cached, and sending it again does not count as a new document', async () => {
  const documents = documentsWith(new FakePlanner())
  const refused = await documents.admit({ text: '{ extra' }, party)
  for (let index = 0; index < 2 * limits.newDocuments.perSession.burst; index++) {
    expect(await documents.admit({ text: '{ extra' }, party)).toBe(refused)
  }
  expect(isKnown(await documents.admit({ text: '{ extra }' }, party))).toBe(true)
})

test('a session that brings too many new documents is refused, another is not', async () => {
  const documents = documentsWith(new FakePlanner())
  const { burst } = limits.newDocuments.perSession
  for (let index = 0; index < burst; index++)
    expect(codeOf(await documents.admit({ text: query(index) }, party))).toBe('known')
  expect(codeOf(await documents.admit({ text: query(burst) }, party))).toBe('RATE_LIMITED')
  expect(codeOf(await documents.admit({ text: query(0) }, party))).toBe('known')
  expect(codeOf(await documents.admit({ text: query(burst) }, { session: 'other', address: 'a' }))).toBe('known')
})

test('callers take turns, and a full queue refuses', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  planner.hold()
  const { perSession } = limits.newDocuments.waiting
  const waiting = Array.from({ length: perSession + 1 }, (_, index) => documents.admit({ text: query(index) }, party))
  expect(codeOf(await documents.admit({ text: query(1_000) }, party))).toBe('RATE_LIMITED')
  const other = documents.admit({ text: '{ other: extra }' }, { session: 'other', address: 'b' })
  planner.release()
  await Promise.all([...waiting, other])
  expect(planner.asked.slice(0, 3)).toEqual([query(0), query(1), '{ other: extra }'])
})

test('a trusted document is planned first when a caller waits for it, and last until then', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  planner.hold()
  const trusted = documents.trust(['{ underWay: extra }', '{ idle: extra }', '{ asked: extra }'])
  const waiting = [query(0), '{ asked: extra }'].map((text) => documents.admit({ text }, party))
  planner.release()
  await Promise.all([trusted, ...waiting])
  expect(planner.asked).toEqual(['{ underWay: extra }', '{ asked: extra }', query(0), '{ idle: extra }'])
})

test('a known document is found by its id at once, and an unknown id is refused', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  const id = hashOf('{ extra }')
  expect(codeOf(await documents.admit({ id }, party))).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect(documents.seen({ id })).toBeUndefined()
  const known = await documents.admit({ text: '{ extra }', id }, party)
  expect(documents.seen({ id })).toBe(known)
  expect(await documents.admit({ id }, party)).toBe(known)
  expect(codeOf(await documents.admit({ text: '{ extra } ', id }, party))).toBe('INVALID_INPUT')
  expect(codeOf(await documents.admit({}, party))).toBe('INVALID_INPUT')
  expect(planner.asked).toEqual(['{ extra }'])
})

test('where only trusted documents run, no other one is measured or planned, or counted as new', async () => {
  const planner = new FakePlanner()
  const documents = new Documents(epoch, planner, { admit: () => false } as unknown as Newcomers, 'trusted')
  await documents.trust(['{ trusted: extra }', '{ former: extra }'])
  expect(codeOf(await documents.admit({ text: '{ extra' }, party))).toBe('PERSISTED_QUERY_REQUIRED')
  expect(codeOf(await documents.admit({ id: hashOf('{ trusted: extra }') }, party))).toBe('known')
  await documents.trust(['{ trusted: extra }', '{ later: extra }'])
  expect(codeOf(await documents.admit({ text: '{ former: extra }' }, party))).toBe('PERSISTED_QUERY_REQUIRED')
  expect(codeOf(await documents.admit({ id: hashOf('{ former: extra }') }, party))).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect(documents.seen({ id: hashOf('{ former: extra }') })).toBeUndefined()
  expect(planner.asked).toEqual(['{ trusted: extra }', '{ former: extra }', '{ later: extra }'])
})

test('a trusted document that could not be planned is planned when it is sent, by its id or its text', async () => {
  const planner = new FakePlanner()
  const documents = new Documents(epoch, planner, new Newcomers(), 'trusted')
  const plan = planner.plan.bind(planner)
  planner.plan = () => Promise.reject(new Error('no thread'))
  await documents.trust(['{ one: extra }', '{ other: extra }'])
  planner.plan = plan
  expect(codeOf(await documents.admit({ id: hashOf('{ one: extra }') }, party))).toBe('known')
  expect(codeOf(await documents.admit({ text: '{ other: extra }' }, party))).toBe('known')
})

test('a full cache evicts the oldest document, never a trusted one', async () => {
  const planner = new FakePlanner()
  const documents = new Documents(epoch, planner, { admit: () => true } as unknown as Newcomers)
  await documents.trust(['{ trusted: extra }'])
  for (let index = 0; index <= limits.remembered.documents; index++)
    await documents.admit({ text: query(index) }, party)
  expect(documents.seen({ text: query(0) })).toBeUndefined()
  expect(documents.seen({ text: query(1) })).toBeDefined()
  expect(documents.seen({ text: '{ trusted: extra }' })).toBeDefined()
})

test('documents in the queue when the supergraph changes are refused with a temporary error', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  planner.hold()
  const outcomes = [0, 1, 2].map((index) => documents.admit({ text: query(index) }, party))
  const closed = documents.close()
  planner.release()
  expect((await Promise.all(outcomes)).map(codeOf)).toEqual(['known', 'UNAVAILABLE', 'UNAVAILABLE'])
  await closed
  expect(planner.asked).toHaveLength(1)
})

test('a planner that does not start gives a temporary refusal, which is not cached', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  const plan = planner.plan.bind(planner)
  planner.plan = () => Promise.reject(new Error('no process'))
  expect(codeOf(await documents.admit({ text: '{ extra }' }, party))).toBe('UNAVAILABLE')
  planner.plan = plan
  expect(codeOf(await documents.admit({ text: '{ extra }' }, party))).toBe('known')
})

test('a trusted document that took too long is planned again', async () => {
  const planner = new FakePlanner()
  const documents = documentsWith(planner)
  const good = planner.finding
  planner.finding = { kind: 'exhausting' }
  await documents.trust(['{ slow: extra }'])
  planner.finding = good
  expect(codeOf(await documents.admit({ text: '{ slow: extra }' }, party))).toBe('known')
})
