import { DomainError } from './errors'

declare const brand: unique symbol

/** A string that has been parsed as `Name`; only the parse function of that name can make one. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type UserId = Branded<'UserId'>
export type ConversationId = Branded<'ConversationId'>
export type MessageId = Branded<'MessageId'>
/** Made by the client, one for each action that must be done exactly once. */
export type ClientId = Branded<'ClientId'>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The value comes from outside and may not be a string, whatever its type says. */
function parseUuid<Id extends string>(what: string): (value: unknown) => Id {
  return (value) => {
    const lowered = typeof value === 'string' ? value.toLowerCase() : ''
    if (!uuid.test(lowered)) throw new DomainError('input', 'INVALID_INPUT', `The ${what} is not a UUID.`)
    return lowered as Id
  }
}

/** Each throws `INVALID_INPUT` unless the value is a UUID; the result is in lower case. */
export const userId = parseUuid<UserId>('user id')
export const conversationId = parseUuid<ConversationId>('conversation id')
export const messageId = parseUuid<MessageId>('message id')
export const clientId = parseUuid<ClientId>('client id')
