import { webDocument } from '../web-documents.ts'

/** The header of a request of a signed-in browser, as lines for an upgrade. */
export const browserHeader = (origin: string, cookie: string): string => `Origin: ${origin}\r\nCookie: ${cookie}\r\n`

/** The web client's own timeline: by its id to our gateway, by its text to any other server. */
export function timelinePayload(conversationId: string, after: number, by: 'id' | 'text'): object {
  const { id, body } = webDocument('Timeline')
  const named = by === 'id' ? { query: '', extensions: persisted(id) } : { query: body }
  return { operationName: 'Timeline', ...named, variables: { conversationId, after } }
}

export const persisted = (id: string): object => ({ persistedQuery: { version: 1, sha256Hash: id } })
