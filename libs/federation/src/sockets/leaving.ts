import { isJsonObject } from '../operations/json-value'

/**
 * What a server sends before it closes: it begins nothing more. A client that knows it sends nothing new on this
 * connection; its pong, which repeats the payload, comes after everything that it sent before.
 */
export const leavingMessage = '{"type":"ping","payload":{"leaving":true}}'

/** Of a ping or a pong. */
export const isLeaving = (payload: unknown): boolean => isJsonObject(payload) && payload['leaving'] === true
