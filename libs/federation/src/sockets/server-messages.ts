import type { GraphQLFormattedError } from 'graphql'
import { areErrors, isJsonObject, type JsonObject, parsedJson } from '../operations/json-value'

/** The messages that a server may send. */
export type ServerMessage =
  | { readonly type: 'connection_ack'; readonly payload?: unknown }
  | { readonly type: 'ping'; readonly payload?: JsonObject | null }
  | { readonly type: 'pong' }
  | { readonly type: 'next'; readonly id: string; readonly payload: JsonObject }
  | { readonly type: 'error'; readonly id: string; readonly payload: readonly GraphQLFormattedError[] }
  | { readonly type: 'complete'; readonly id: string }

/** Null for anything that is not a message of a server in this protocol. */
export function readServerMessage(text: string): ServerMessage | null {
  const message = parsedJson(text)
  if (!isJsonObject(message)) return null
  const { type, id, payload } = message
  switch (type) {
    case 'connection_ack':
      return { type, payload }
    case 'ping':
      return isJsonObject(payload) ? { type, payload } : { type }
    case 'pong':
      return { type }
    case 'next':
      return typeof id === 'string' && isJsonObject(payload) ? { type, id, payload } : null
    case 'error':
      return typeof id === 'string' && areErrors(payload) && payload.length > 0 ? { type, id, payload } : null
    case 'complete':
      return typeof id === 'string' ? { type, id } : null
    default:
      return null
  }
}
