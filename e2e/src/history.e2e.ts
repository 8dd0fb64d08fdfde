import type { Stack } from '@parley/launcher/stack'
import type { MessageState } from '@parley/testing/history'
import { deeds } from './history/deeds.ts'
import { faultNamed } from './history/faults.ts'
import type { PlannedFault } from './history/run.ts'
import { run } from './history/run.ts'
import { stackTimeout, testStack } from './test-stack.ts'

jest.setTimeout(stackTimeout * 2)

const seed = 11

/** Each class of fault once, and no more: `npm run chaos -- --minutes N --seed S` goes on for as long as one likes. */
const faults: readonly PlannedFault[] = [
  { fault: faultNamed('kill message'), holdMs: 0, afterChanges: 40 },
  { fault: faultNamed('stop message-2'), holdMs: 3_000, afterChanges: 20 },
  { fault: faultNamed('kill mongo'), holdMs: 500, afterChanges: 20 },
  { fault: faultNamed('kill gateway-2'), holdMs: 0, afterChanges: 20 },
  { fault: faultNamed('kill redis'), holdMs: 1_000, afterChanges: 20 },
  { fault: faultNamed('kill kafka'), holdMs: 500, afterChanges: 20 },
  { fault: faultNamed('kill postgres'), holdMs: 500, afterChanges: 20 },
  { fault: faultNamed('kill user'), holdMs: 0, afterChanges: 20 },
]

describe('everything that people do, while processes and engines die and hang', () => {
  let stack: Stack
  const said: string[] = []

  beforeAll(async () => {
    stack = await testStack({ instances: { message: 2 }, gateways: 2, env: { ACCESS_TOKEN_SECONDS: '3600' } })
  })
  afterAll(() => stack.stop())

  it(`I1–I7: keeps what was acknowledged, once, the same for everybody (seed ${seed})`, async () => {
    const { findings, history, counts } = await run({
      stack,
      seed,
      people: 4,
      faults,
      changes: 300,
      say: (line) => void said.push(line),
    })
    expect({ findings: findings.slice(0, 20), said: findings.length === 0 ? [] : said }).toEqual({
      findings: [],
      said: [],
    })
    const kinds = new Set(history.operations.flatMap((one) => (one.op === 'asked' ? [one.wish.kind] : [])))
    expect(kinds.size).toBe(9)
    const states = history.operations.flatMap((one) => (one.op === 'saw' ? [one.state] : []))
    const isSeen = (what: (state: MessageState) => boolean) => states.some(what)
    expect(isSeen(({ replyToId, reply }) => replyToId !== null && reply === null)).toBe(true)
    expect(isSeen(({ replyToId, reply }) => replyToId !== null && reply !== null)).toBe(true)
    expect(isSeen(({ forwardedFromId }) => forwardedFromId !== null)).toBe(true)
    expect(isSeen(({ mentions }) => mentions?.here === true)).toBe(true)
    expect(isSeen(({ editCount }) => editCount > 1)).toBe(true)
    expect(history.operations.some((one) => one.op === 'total' && one.conversations.some(({ isMuted }) => isMuted))).toBe(true) // prettier-ignore
    expect(deeds.map(({ name }) => name).filter((name) => !counts.has(name))).toEqual([])
    expect(history.count('accepted')).toBeGreaterThanOrEqual(300)
  })
})
