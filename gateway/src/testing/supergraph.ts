import { composeServices } from '@apollo/composition'
import { testGraph } from './graph'
import type { TestSubgraph } from './subgraph'

/** Composed of subgraphs that are not listening yet. */
export function compose(subgraphs: readonly TestSubgraph[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, typeDefs, url: 'http://unreachable.invalid/graphql' })),
  )
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'))
  return supergraphSdl
}

export function testSupergraph(): string {
  const { people, log, extras } = testGraph()
  return compose([people, log, extras])
}
