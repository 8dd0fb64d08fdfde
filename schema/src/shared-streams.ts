import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unsharedDocuments } from '@parley/federation/streams/unshared-documents'
import { root } from './rover-config.ts'

/** The operations of the web client that would run a shared subscription once for each viewer, and why. */
export function unsharedTrustedDocuments(supergraph: string): readonly string[] {
  const manifest = readFileSync(join(root, 'web', 'trusted-documents.json'), 'utf8')
  const { operations } = JSON.parse(manifest) as { operations: readonly { body: string }[] }
  return unsharedDocuments(
    supergraph,
    operations.map(({ body }) => body),
  )
}
