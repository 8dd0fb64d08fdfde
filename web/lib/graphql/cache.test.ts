import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApolloClient, ApolloLink } from '@apollo/client'
import { buildSchema, isInterfaceType } from 'graphql'
import { of } from 'rxjs'
import { SetStatusDocument } from '../presence/__generated__/presence'
import { createCache, possibleTypes } from './cache'

describe('the cache', () => {
  it('keeps the sentence of a refusal, which a form shows', async () => {
    const refusal = { __typename: 'Refusal', code: 'TOO_LONG', message: 'That is too long.' }
    const setStatus = { __typename: 'SetStatusPayload', presence: null, errors: [refusal] }
    const apollo = new ApolloClient({
      cache: createCache(),
      link: new ApolloLink(() => of({ data: { setStatus } })),
    })
    const input = { emoji: null, text: 'x', expiresAt: null }
    const { data } = await apollo.mutate({ mutation: SetStatusDocument, variables: { input } })
    expect(data?.setStatus?.errors).toEqual([expect.objectContaining({ message: 'That is too long.' })])
  })

  it('knows all types of a user error', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../../schema/api.graphql'), 'utf8'))
    const userError = schema.getType('UserError')
    if (!isInterfaceType(userError)) throw new Error('There is no UserError')
    const names = schema.getImplementations(userError).objects.map(({ name }) => name)
    expect(names.toSorted()).toEqual(possibleTypes.UserError)
  })
})
