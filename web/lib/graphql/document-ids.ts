import type { DocumentNode } from 'graphql'
import { getOperationAST } from 'graphql'
import { documentIds } from './__generated__/document-ids'

/** The code with which a server asks for the text of an operation: it does not have this client's manifest. */
export const textWanted = 'PERSISTED_QUERY_NOT_FOUND'

/** The id of an operation in the manifest of trusted documents, which production requires and every server may know. */
export const idOf = (document: DocumentNode): string => documentIds[nameOf(document) ?? ''] ?? ''

export const nameOf = (document: DocumentNode): string | null => getOperationAST(document)?.name?.value ?? null

/** Names an operation in a request, instead of its text or with it. */
export const extensionsOf = (document: DocumentNode) => ({
  persistedQuery: { version: 1, sha256Hash: idOf(document) },
})
