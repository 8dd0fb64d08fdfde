import { composeServices } from '@apollo/composition'
import { Supergraph } from '@apollo/federation-internals'
import { lexicographicSortSchema, parse, printSchema } from 'graphql'
import { faultsOf, type SubgraphSdl } from './soundness.ts'

export interface Composition {
  readonly supergraph: string
  /** The schema for clients. */
  readonly api: string
}

/** Composes as Apollo's tools do. Throws with all errors at once. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composition {
  for (const { name, sdl } of subgraphs) assertFederation2(name, sdl)
  const faults = faultsOf(subgraphs)
  if (faults.length > 0)
    throw new Error(`The subgraphs would be served wrongly:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  const result = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })))
  if (result.errors !== undefined) {
    throw new Error(`The subgraphs do not compose:\n${result.errors.map(({ message }) => `  ${message}`).join('\n')}`)
  }
  const api = Supergraph.build(result.supergraphSdl).apiSchema().toGraphQLJSSchema()
  return { supergraph: `${result.supergraphSdl.trim()}\n`, api: `${printSchema(lexicographicSortSchema(api))}\n` }
}

/** Without the link a subgraph would be composed by the rules of federation 1, without a warning. */
function assertFederation2(name: string, sdl: string): void {
  if (!/@link\(\s*url:\s*"https:\/\/specs\.apollo\.dev\/federation\/v2/.test(sdl)) {
    throw new Error(`The SDL of ${name} does not @link federation 2`)
  }
}
