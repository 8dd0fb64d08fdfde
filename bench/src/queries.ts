import { join } from 'node:path'
import { cleaningUp, Notes } from './bench.ts'
import type { Bench, BenchRun, Cleanup } from './bench.ts'
import { heavyQuery, smallJoinQuery } from './fakes/shop.ts'
import { GatewayProcess } from './gateway-process.ts'
import { startPeers } from './gateways.ts'
import { loadCore, Pinned } from './processes/pinned.ts'
import { realStackQuestions } from './queries-on-stack.ts'
import { measureQuestion } from './question.ts'
import type { Answering, Question } from './question.ts'
import type { Figure } from './report/figure.ts'
import { conclude } from './report/result.ts'
import { shopSupergraph, temporaryFolder } from './supergraphs.ts'

const fakeQuestions: readonly (Question & { readonly set: 'small' | 'heavy' })[] = [
  {
    name: 'small-join',
    set: 'small',
    title: 'join of two subgraphs, 1 KB',
    operationName: 'Offers',
    query: smallJoinQuery,
    variables: [{ turn: '%turn%' }],
    goals: [{ than: '@apollo/gateway', atLeast: 5 }],
  },
  {
    name: 'heavy',
    set: 'heavy',
    title: 'heavy query over four subgraphs',
    operationName: 'Heavy',
    query: heavyQuery,
    variables: [{ turn: '%turn%' }],
    goals: ['@apollo/gateway', '@graphql-hive/gateway'].map((than) => ({ than, atLeast: 1 })),
  },
]

export const queries: Bench = {
  name: 'queries',
  promise: 'Queries cost no more CPU time than a join of the same subgraphs by hand.',
  defaults: { window: 4, rounds: 3 },
  async run(run) {
    const isAsked = ({ name }: { name: string }) => run.only.length === 0 || run.only.includes(name)
    const figures: Figure[] = []
    const notes = new Notes(run.say)
    for (const question of fakeQuestions.filter(isAsked)) {
      figures.push(...(await cleaningUp((cleanup) => overFakes(question, run, cleanup, notes))))
    }
    figures.push(...(await realStackQuestions(isAsked, run, notes)))
    return conclude('queries', run, figures, notes.all)
  },
}

async function overFakes(
  question: (typeof fakeQuestions)[number],
  run: BenchRun,
  cleanup: Cleanup,
  notes: Notes,
): Promise<readonly Figure[]> {
  const source = cleanup.add(
    await Pinned.start<Record<string, string>>({
      core: loadCore,
      script: join(import.meta.dirname, 'fakes', 'shop-subgraphs.main.ts'),
      args: [question.set],
    }),
  )
  const { supergraph, env } = shopSupergraph(temporaryFolder(cleanup), question.set, source.ready, [question])
  const gateway = cleanup.add(await GatewayProcess.start({ subgraphUrls: source.ready, env, signal: run.signal }))
  const headers = [{ origin: gateway.url }]
  const ours: Answering = { name: 'ours', kind: 'ours', port: gateway.port, path: '/graphql', server: gateway, headers }
  const peers = await startPeers(
    { supergraph, urls: source.ready, isByHand: question.set === 'small', isFederation1: true },
    run,
    cleanup,
    notes,
  )
  const servers = [ours, ...peers.map((peer) => ({ ...peer, headers }))]
  return measureQuestion(question, servers, [], run, cleanup, notes)
}
