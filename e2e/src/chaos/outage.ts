import { subgraphs } from '@parley/launcher/workspace'
import type { Subgraph } from '@parley/launcher/workspace'
import { DelayingProxy } from '../outage/delaying-proxy.ts'
import { away, hung } from '../outage/faults.ts'
import type { Fault } from '../outage/faults.ts'
import { columnOf, populate } from '../outage/matrix.ts'
import type { Column } from '../outage/matrix.ts'
import { testStack } from '../test-stack.ts'
import { isAsked, seconds, table } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** The delay of each request; an operation may need several in sequence. */
const slowMs = 700

export const outage: Scenario = {
  name: 'outage',
  promise: 'With any subgraph away, hung or slow, every operation of the web client answers what the others own.',
  async run(run) {
    const proxies = new Map<Subgraph, DelayingProxy>()
    for (const name of subgraphs) proxies.set(name, await DelayingProxy.listen())
    const urls = Object.fromEntries([...proxies].map(([name, { url }]) => [name, `${url}/graphql`]))
    const stack = await testStack({
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600', SUBGRAPH_URLS: JSON.stringify(urls) },
    })
    try {
      for (const [name, proxy] of proxies) proxy.passTo(stack.service(name).options.port)
      const people = await populate(stack.urls[0] ?? '')
      const columns: (Column & { fault: string })[] = []
      for (const fault of [away, hung, slowBy(proxies)].filter(({ name }) => isAsked(run, name))) {
        for (const name of subgraphs) {
          run.signal.throwIfAborted()
          const column = await columnOf(stack, people, name, fault)
          run.say(`${name} ${fault.name}: ${column.faults.length} faults`)
          columns.push({ ...column, fault: fault.name })
        }
      }
      run.say(`\n${matrix(columns)}\n`)
      return columns.flatMap(({ away: name, fault, faults }) =>
        faults.map((sentence) => `${name} ${fault}: ${sentence}`),
      )
    } finally {
      await stack.stop()
      for (const proxy of proxies.values()) proxy.close()
    }
  },
}

const slowBy = (proxies: ReadonlyMap<Subgraph, DelayingProxy>): Fault => {
  const delay = (subgraph: Subgraph, milliseconds: number) => {
    const proxy = proxies.get(subgraph)
    if (proxy !== undefined) proxy.delayMs = milliseconds
  }
  return {
    name: 'slow',
    isOutage: false,
    make: async (_stack, subgraph) => delay(subgraph, slowMs),
    takeBack: async (_stack, subgraph) => delay(subgraph, 0),
  }
}

/** Operations as rows, faults as columns: how long the answer took and how complete it was. */
function matrix(columns: readonly (Column & { fault: string })[]): string {
  const operations = columns[0]?.asked.map(({ operation }) => operation) ?? []
  const headings = ['', ...columns.map(({ away: name, fault }) => `${name} ${fault}`)]
  const rows = operations.map((name) => [
    name,
    ...columns.map(({ asked, faults }) => {
      const found = asked.find(({ operation }) => operation === name)
      const isWrong = faults.some((sentence) => sentence.startsWith(`${name}:`))
      return `${isWrong ? '✗ ' : ''}${seconds(found?.milliseconds ?? NaN)} ${codeOf(found?.answer ?? null)}`
    }),
  ])
  const whole = columns.map(({ wholeAfterMs }) => (wholeAfterMs === null ? 'never' : seconds(wholeAfterMs)))
  return table(headings, [...rows, ['whole again after', ...whole]])
}

function codeOf(answer: Column['asked'][number]['answer']): string {
  if (answer === null) return 'no answer'
  const [error] = answer.errors ?? []
  if (error === undefined) return 'whole'
  const hasData = Object.values((answer.data as Record<string, unknown> | null) ?? {}).some((value) => value !== null)
  return hasData ? 'partly' : (error.extensions?.code ?? 'no code')
}
