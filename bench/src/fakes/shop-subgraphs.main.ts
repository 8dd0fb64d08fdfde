import { buildSchema } from 'graphql'
import { serve } from '../processes/child.ts'
import { bystanders, heavy, plainSdl, schemaText, smallJoin } from './shop.ts'
import type { ShopSubgraph } from './shop.ts'
import { SubgraphServer } from './subgraph-server.ts'

/** shop-subgraphs.main.ts SET: serves each subgraph of a set on a port of its own. */
const sets: Readonly<Record<string, Readonly<Record<string, ShopSubgraph>>>> = {
  small: smallJoin,
  heavy,
  grown: { ...smallJoin, ...bystanders(8) },
}

function listen(subgraph: ShopSubgraph): Promise<string> {
  const schema = buildSchema(schemaText(subgraph), { assumeValidSDL: true, assumeValid: true })
  const server = new SubgraphServer(schema, () => ({
    ...subgraph.queries,
    _entities: ({ representations }: { representations: readonly never[] }) => representations.map(subgraph.resolve),
    _service: { sdl: plainSdl(subgraph) },
  }))
  return server.listen()
}

const chosen = sets[process.argv[2] ?? '']
if (chosen === undefined) throw new Error(`There is no set of subgraphs "${process.argv[2] ?? ''}"`)
const urls = await Promise.all(
  Object.entries(chosen).map(async ([name, subgraph]) => [name, await listen(subgraph)] as const),
)
serve({}, Object.fromEntries(urls))
