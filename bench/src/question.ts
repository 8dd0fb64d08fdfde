import { join } from 'node:path'
import type { BenchRun, Cleanup, Notes } from './bench.ts'
import type { Counted, Load } from './clients/requests.main.ts'
import { loadCore, Pinned } from './processes/pinned.ts'
import type { Figure, Row } from './report/figure.ts'

/** A server that answers the same operation: a gateway, or the join by hand. */
export interface Answering {
  readonly name: string
  readonly kind: Row['kind']
  readonly port: number
  readonly path: string
  readonly server: { readonly cpuSeconds: number }
  /** Of each user in turn. */
  readonly headers: readonly Record<string, string>[]
}

export interface Question {
  readonly name: string
  readonly title: string
  readonly operationName: string
  readonly query: string
  /** Of a trusted document: ours is sent the id, as the web client does, and the peers the text. */
  readonly id?: string
  readonly variables: readonly object[]
  readonly goals: NonNullable<Figure['goals']>
}

/** Processes behind the servers whose CPU time is counted too, such as the subgraphs. */
export interface Behind {
  readonly name: string
  readonly cpuSeconds: () => number
  /** Whether the whole stack's figure includes it. */
  readonly isStack: boolean
}

const atOnce = 8

/** Each server in each round, and whether all give the same answer. */
export async function measureQuestion(
  question: Question,
  servers: readonly Answering[],
  behind: readonly Behind[],
  run: BenchRun,
  cleanup: Cleanup,
  notes: Notes,
): Promise<readonly Figure[]> {
  const script = join(import.meta.dirname, 'clients', 'requests.main.ts')
  const client = cleanup.add(await Pinned.start({ core: loadCore, script }))
  const { id, ...byText } = question
  const loadFor = (server: Answering): Load => ({
    ...byText,
    ...pick(server),
    ...(id === undefined || server.kind !== 'ours' ? {} : { id }),
    atOnce,
  })
  const right = await answering(
    servers,
    (server) => client.call<string>('ask', { load: loadFor(server), turn: 1 }),
    notes,
  )
  for (const server of right) await client.call('load', { load: loadFor(server), windowMs: run.windowMs * 2 })
  const costs = right.map((server) => ({ server, perSecond: [] as number[], perStackSecond: [] as number[] }))
  const behindMs = behind.map(({ name }) => ({ name, values: [] as number[] }))
  for (let round = 0; round < run.rounds; round += 1) {
    for (const cost of costs) {
      run.signal.throwIfAborted()
      const before = [cost.server.server.cpuSeconds, ...behind.map(({ cpuSeconds }) => cpuSeconds())]
      const { answered } = await client.call<Counted>('load', { load: loadFor(cost.server), windowMs: run.windowMs })
      const after = [cost.server.server.cpuSeconds, ...behind.map(({ cpuSeconds }) => cpuSeconds())]
      const [own = 0, ...others] = after.map((value, index) => value - (before[index] ?? 0))
      const stack = behind.reduce((sum, { isStack }, index) => sum + (isStack ? (others[index] ?? 0) : 0), own)
      cost.perSecond.push(answered / own)
      cost.perStackSecond.push(answered / stack)
      if (cost.server.kind === 'ours')
        for (const [index, one] of behindMs.entries()) one.values.push((1_000 * (others[index] ?? 0)) / answered)
      run.say(
        `${question.name}, ${cost.server.name}: ${answered} answers, ${(answered / own).toFixed(0)} per CPU-second`,
      )
    }
  }
  return figuresOf(question, costs, behindMs)
}

const pick = ({ port, path, headers }: Answering) => ({ port, path, headers })

interface Cost {
  readonly server: Answering
  readonly perSecond: readonly number[]
  readonly perStackSecond: readonly number[]
}

function figuresOf(
  { title, goals }: Question,
  costs: readonly Cost[],
  behind: readonly { readonly name: string; readonly values: readonly number[] }[],
): readonly Figure[] {
  const rowsOf = (values: (cost: Cost) => readonly number[]): Row[] =>
    costs.map((cost) => ({ name: cost.server.name, kind: cost.server.kind, values: values(cost) }))
  const own: Figure = {
    title,
    unit: 'requests per CPU-second of the gateway',
    better: 'more',
    rows: rowsOf(({ perSecond }) => perSecond),
    goals,
  }
  if (behind.length === 0) return [own]
  const whole: Figure = {
    title: `${title}: the whole stack`,
    unit: 'requests per CPU-second of gateway and subgraphs',
    better: 'more',
    rows: rowsOf(({ perStackSecond }) => perStackSecond),
    goals: [{ atLeast: 400 }],
  }
  const parts: Figure = {
    title: `${title}: what is behind our gateway`,
    unit: 'CPU ms per request',
    better: 'less',
    rows: behind.map(({ name, values }) => ({ name, kind: 'part' as const, values })),
  }
  return [own, whole, parts]
}

/** The servers that answer as ours does; the others are named in a note instead of being measured. */
async function answering(
  servers: readonly Answering[],
  ask: (server: Answering) => Promise<string>,
  notes: Pick<Notes, 'push'>,
): Promise<readonly Answering[]> {
  const right: Answering[] = []
  let expected = ''
  for (const server of servers) {
    const answer = await ask(server)
    const data = sorted((JSON.parse(answer) as { data?: unknown }).data)
    if (server.kind === 'ours') expected = data
    if (data === expected && !answer.includes('"errors":[{')) right.push(server)
    else if (server.kind === 'ours') throw new Error(`Ours answers with errors: ${answer.slice(0, 500)}`)
    else notes.push(`${server.name} gives another answer and was not measured: ${answer.slice(0, 200)}`)
  }
  return right
}

/** The order of keys does not matter, and graphql-js leaves __typename where it was asked for. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
