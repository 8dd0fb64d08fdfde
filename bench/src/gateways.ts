import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchRun, Cleanup, Notes } from './bench.ts'
import { nodeArgs, peerScript, versionOf } from './peers.ts'
import type { PeerName } from './peers.ts'
import { Pinned, serverCore } from './processes/pinned.ts'
import type { Answering } from './question.ts'
import { temporaryFolder } from './supergraphs.ts'

export interface Supergraph {
  /** With the addresses of the subgraphs in it. */
  readonly supergraph: string
  readonly urls: Record<string, string>
  /** Whether the join was written by hand for the operations. */
  readonly isByHand: boolean
  /** Whether the schemas are written as federation 1 has them, which mercurius needs. */
  readonly isFederation1: boolean
  /** One of the peers; all unless given. */
  readonly only?: PeerName
}

interface Peer extends Omit<Answering, 'headers'> {
  readonly startedAt: number
}

/** Other gateways over the same subgraphs, one after the other, on the core of what is measured. */
export async function startPeers(
  { supergraph, urls, isByHand, isFederation1, only }: Supergraph,
  run: BenchRun,
  cleanup: Cleanup,
  notes: Notes,
): Promise<readonly Peer[]> {
  const file = join(temporaryFolder(cleanup), 'supergraph.graphql')
  writeFileSync(file, supergraph)
  const wanted: readonly { name: string; peer: PeerName; script: string; args: string[]; kind: 'peer' | 'limit' }[] = [
    { name: '@apollo/gateway', peer: 'apollo', script: 'apollo.mjs', args: [file], kind: 'peer' },
    { name: '@graphql-hive/gateway', peer: 'hive', script: 'hive.mjs', args: [file], kind: 'peer' },
    { name: 'mercurius + JIT', peer: 'mercurius', script: 'mercurius.mjs', args: [JSON.stringify(urls)], kind: 'peer' },
    ...(isByHand
      ? [
          {
            name: 'join by hand',
            peer: 'undici' as const,
            script: 'hand-written.mjs',
            args: [JSON.stringify(urls)],
            kind: 'limit' as const,
          },
        ]
      : []),
  ]
  const started: Peer[] = []
  for (const { name, peer, script, args, kind } of wanted) {
    if (only !== undefined && only !== peer) continue
    if (peer === 'mercurius' && !isFederation1) {
      notes.push(
        'mercurius reads the schemas of federation 1 only, so it is measured on the fakes, not on the real stack.',
      )
      continue
    }
    try {
      const program = await peerScript(peer, script, run.say)
      const startedAt = performance.now()
      const server = cleanup.add(
        await Pinned.start<{ port: number; path: string }>({
          core: serverCore,
          nodeArgs,
          script: program,
          args,
          env: { NODE_ENV: 'production' },
        }),
      )
      started.push({ name, kind, server, startedAt, ...server.ready })
    } catch (error) {
      notes.push(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return started
}

export const versions = (): string =>
  `@apollo/server ${versionOf('apollo', '@apollo/server')} with @apollo/gateway ${versionOf('apollo', '@apollo/gateway')}, @graphql-hive/gateway-runtime ${versionOf('hive', '@graphql-hive/gateway-runtime')} with router-runtime ${versionOf('hive', '@graphql-hive/router-runtime')}, mercurius ${versionOf('mercurius', 'mercurius')} with @mercuriusjs/gateway ${versionOf('mercurius', '@mercuriusjs/gateway')}.`
