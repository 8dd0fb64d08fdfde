import { isAbsentOrJsonObject, isAbsentOrText, isJsonObject, parsedJson } from '../operations/json-value'
import type { GraphQLFormattedError } from 'graphql'

/** What graphql-transport-ws calls the payload of `subscribe`. */
export interface SubscribePayload {
  readonly query: string
  readonly operationName?: string | null | undefined
  readonly variables?: Record<string, unknown> | null | undefined
  readonly extensions?: Record<string, unknown> | null | undefined
}

/** The messages that a client may send. */
export type ClientMessage =
  | { readonly type: 'connection_init'; readonly payload?: Record<string, unknown> | null }
  | { readonly type: 'ping' | 'pong'; readonly payload?: Record<string, unknown> | null }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: SubscribePayload }
  | { readonly type: 'complete'; readonly id: string }

/** Null for anything that is not a message of a client in this protocol. */
export function readMessage(text: string): ClientMessage | null {
  const message = parsedJson(text)
  if (!isJsonObject(message)) return null
  switch (message['type']) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return isAbsentOrJsonObject(message['payload']) ? (message as unknown as ClientMessage) : null
    case 'subscribe':
      return isId(message['id']) && isSubscribePayload(message['payload'])
        ? (message as unknown as ClientMessage)
        : null
    case 'complete':
      return isId(message['id']) ? (message as unknown as ClientMessage) : null
    default:
      return null
  }
}

/** The id of an operation is kept as long as the operation, and sent with each of its results. */
const longestId = 256

const isId = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= longestId

export const isSubscribePayload = (payload: unknown): payload is SubscribePayload =>
  isJsonObject(payload) &&
  typeof payload['query'] === 'string' &&
  isAbsentOrJsonObject(payload['variables']) &&
  isAbsentOrJsonObject(payload['extensions']) &&
  isAbsentOrText(payload['operationName'])

export const acknowledgement = Buffer.from('{"type":"connection_ack"}')

const emptyPong = Buffer.from('{"type":"pong"}')

/** A pong repeats the payload of its ping. */
export const pongTo = (payload: Record<string, unknown> | null | undefined): Buffer =>
  payload === undefined || payload === null ? emptyPong : Buffer.from(JSON.stringify({ type: 'pong', payload }))

export const errorMessage = (id: string, payload: readonly GraphQLFormattedError[]): Buffer =>
  Buffer.from(JSON.stringify({ id, type: 'error', payload }))

export const completeMessage = (id: string): Buffer => Buffer.from(JSON.stringify({ id, type: 'complete' }))

const plain = /^[ !#-[\]-~]+$/

/** An id as it stands between the quotes of a JSON string, in ASCII: one byte for each character. */
export const escapedId = (id: string): string => (plain.test(id) ? id : escaped(id))

const escaped = (id: string): string =>
  JSON.stringify(id)
    .slice(1, -1)
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
