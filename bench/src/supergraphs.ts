import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeServices } from '@apollo/composition'
import { root } from '@parley/launcher/workspace'
import { parse } from 'graphql'
import type { Cleanup } from './bench.ts'
import { bystanders, heavy, linkedSdl, smallJoin } from './fakes/shop.ts'

const sets = { small: smallJoin, heavy, grown: { ...smallJoin, ...bystanders(8) } }

interface Operation {
  readonly operationName: string
  readonly query: string
}

/** Composes a set of the shop's subgraphs, and writes what the gateway reads: the supergraph and trusted documents. */
export function shopSupergraph(
  folder: string,
  set: keyof typeof sets,
  urls: Record<string, string>,
  operations: readonly Operation[],
): { supergraph: string; env: Record<string, string> } {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(sets[set]).map(([name, subgraph]) => ({
      name,
      typeDefs: parse(linkedSdl(subgraph)),
      url: urls[name] ?? '',
    })),
  )
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'))
  const supergraphPath = join(folder, 'supergraph.graphql')
  writeFileSync(supergraphPath, supergraphSdl)
  const trusted = join(folder, 'trusted-documents.json')
  writeFileSync(trusted, JSON.stringify(manifestOf(operations)))
  const [identity = ''] = Object.keys(urls)
  const env = { SUPERGRAPH_PATH: supergraphPath, TRUSTED_DOCUMENTS_PATH: trusted, IDENTITY_SUBGRAPH: identity }
  return { supergraph: supergraphSdl, env }
}

const manifestOf = (operations: readonly Operation[]): object => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: operations.map(({ operationName, query }) => ({
    id: createHash('sha256').update(query).digest('hex'),
    name: operationName,
    type: 'query',
    body: query,
  })),
})

/** Our own supergraph, in which peers find the addresses of the subgraphs. */
export function realSupergraph(urls: Record<string, string>): string {
  const sdl = readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8')
  return sdl.replace(
    /@join__graph\(name: "([\w-]+)", url: "[^"]*"\)/g,
    (_all, name: string) => `@join__graph(name: "${name}", url: "${urls[name] ?? ''}")`,
  )
}

export function temporaryFolder(cleanup: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  cleanup.add({ stop: () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}
