import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inCache, run } from '@parley/engines/cache'
import { thisMachine } from '@parley/engines/machine'

const scripts = join(import.meta.dirname, '..', 'peers')

/** The packages of each peer, in exactly these versions. graphql differs, so each has a folder of its own. */
const packages = {
  sockets: { ws: '8.23.0', 'graphql-ws': '6.4.2', graphql: '16.15.0' },
  floor: { ws: '8.23.0', mongodb: '7.2.0', ioredis: '6.0.0' },
  apollo: { '@apollo/server': '5.5.1', '@apollo/gateway': '2.14.4', graphql: '16.15.0' },
  drivers: { mongodb: '7.2.0', postgres: '3.4.9' },
  undici: { undici: '8.12.4' },
  hive: {
    '@graphql-hive/gateway-runtime': '2.12.1',
    '@graphql-hive/router-runtime': '1.4.23',
    '@graphql-mesh/transport-http': '1.2.1',
    graphql: '16.15.0',
  },
  mercurius: {
    fastify: '5.12.8',
    mercurius: '16.10.1',
    '@mercuriusjs/gateway': '5.2.0',
    'graphql-jit': '0.8.9',
    graphql: '16.11.0',
  },
} as const

/** Peers get the young generation of our services, so that garbage does not count against either. */
export const nodeArgs = ['--max-semi-space-size=16']

export type PeerName = keyof typeof packages

export const versionOf = (peer: PeerName, name: string): string =>
  (packages[peer] as Record<string, string>)[name] ?? 'of no package'

/**
 * The script of a peer beside its packages, which are fetched from the registry once into the cache of the engines:
 * they are no dependency of the checkout.
 */
export async function peerScript(peer: PeerName, script: string, say: (line: string) => void): Promise<string> {
  const wanted: Record<string, string> = packages[peer]
  const hash = createHash('sha256')
    .update(JSON.stringify([wanted, 'one graphql']))
    .digest('hex')
    .slice(0, 12)
  const folder = await inCache(thisMachine(), `peer-${peer}-${hash}`, async (draft) => {
    say(
      `Installing ${Object.entries(wanted)
        .map((pair) => pair.join('@'))
        .join(' ')}`,
    )
    // One graphql for all of them: two in one process refuse each other's schemas.
    const overrides = 'graphql' in wanted ? { graphql: '$graphql' } : {}
    const manifest = { private: true, type: 'module', dependencies: wanted, overrides }
    writeFileSync(join(draft, 'package.json'), JSON.stringify(manifest))
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'], draft)
  })
  for (const file of readdirSync(scripts)) copyFileSync(join(scripts, file), join(folder, file))
  return join(folder, script)
}
