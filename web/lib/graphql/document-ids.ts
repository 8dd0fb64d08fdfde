import type { DocumentNode } from 'graphql'
import { getOperationAST } from 'graphql'
import { documentIds } from './__generated__/document-ids'
import { Failure } from './errors'

/** The id of an operation in the manifest of trusted documents, which production requires and every server may know. */
export function idOf(document: DocumentNode): string {
  const name = nameOf(document) ?? ''
  const id = Object.hasOwn(documentIds, name) ? documentIds[name] : undefined
  // Not a plain Error, which counts as a lost connection and is retried.
  if (id === undefined) throw new Failure('defect', 'INTERNAL', `The operation ${name} has no id: run codegen.`)
  return id
}

export const nameOf = (document: DocumentNode): string | null => getOperationAST(document)?.name?.value ?? null

/** Names an operation in a request, instead of its text or with it. */
export const extensionsOf = (document: DocumentNode) => ({
  persistedQuery: { version: 1, sha256Hash: idOf(document) },
})

/** A server with ids that does not have this client's manifest. */
const unknownId = 'PERSISTED_QUERY_NOT_FOUND'

/** A server of a release before ids, over HTTP and over the socket, where it parses the empty text. */
const withoutIds = new Set(['PERSISTED_QUERY_NOT_SUPPORTED', 'GRAPHQL_PARSE_FAILED'])

/** What goes with the text when an id alone was answered with this code; null when the text would not help. */
export function besideText(document: DocumentNode, code: string | undefined) {
  if (code === unknownId) return { extensions: extensionsOf(document) }
  return withoutIds.has(code ?? '') ? {} : null
}
