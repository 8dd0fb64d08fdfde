/**
 * Writes trusted-documents.json: every operation of the client, in the format of Apollo's persisted query manifests. A
 * gateway with it (TRUSTED_DOCUMENTS_PATH) runs these in production and no others, and plans them before clients send
 * them. The client itself sends their ids, from a list without the texts.
 */
import { createHash } from 'node:crypto'
import { globSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { InMemoryCache } from '@apollo/client/cache'
import { print } from '@apollo/client/utilities'

const cache = new InMemoryCache()
/** Sent with plain fetch, so without the changes of Apollo Client. */
const sentAsWritten = new Set(['RefreshSession', 'LogOut'])
const sources = globSync('{features,lib}/**/__generated__/*.ts').sort()
const modules = await Promise.all(sources.map((path) => import(pathToFileURL(resolve(path)).href)))
const documents = modules.flatMap((module) => Object.values(module)).filter(({ kind }) => kind === 'Document')

const operations = documents.flatMap((document) => {
  const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition')
  if (operation === undefined) return []
  const body = print(sentAsWritten.has(operation.name.value) ? document : cache.transformDocument(document))
  const id = createHash('sha256').update(body).digest('hex')
  return [{ id, name: operation.name.value, type: operation.operation, body }]
})
operations.sort((one, other) => one.name.localeCompare(other.name, 'en'))

const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations }
writeFileSync('trusted-documents.json', `${JSON.stringify(manifest, null, 2)}\n`)

const ids = Object.fromEntries(operations.map(({ id, name }) => [name, id]))
writeFileSync(
  'lib/graphql/__generated__/document-ids.ts',
  `export const documentIds: Readonly<Record<string, string>> = ${JSON.stringify(ids, null, 2)}\n`,
)
