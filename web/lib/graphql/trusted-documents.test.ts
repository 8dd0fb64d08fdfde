import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'graphql-ws'
import { ConversationsDocument, InboxDocument } from '../conversations/__generated__/conversations'
import { createApolloClient } from './client'
import { followLive } from './live'

const { operations } = JSON.parse(readFileSync(join(__dirname, '../../trusted-documents.json'), 'utf8')) as {
  operations: { name: string; body: string }[]
}
const trusted = (name: string) => operations.find((operation) => operation.name === name)?.body

/** The requests that are sent over HTTP while a task runs. */
async function sentDuring(task: () => Promise<unknown>): Promise<unknown[]> {
  const sent: unknown[] = []
  const before = globalThis.fetch
  globalThis.fetch = async (_url, options) => {
    sent.push((JSON.parse(options?.body as string) as { query: unknown }).query)
    return Response.json({ errors: [{ message: 'No.', extensions: { category: 'auth', code: 'FORBIDDEN' } }] })
  }
  await task().catch(() => undefined)
  globalThis.fetch = before
  return sent
}

test('the client sends exactly the texts of the manifest', async () => {
  const subscribed: string[] = []
  const socket = {
    subscribe: ({ query }: { query: string }) => {
      subscribed.push(query)
      return () => undefined
    },
  } as unknown as Client
  const client = createApolloClient()
  const ask = () => client.query({ query: ConversationsDocument, variables: { first: 1 } })
  expect(await sentDuring(ask)).toEqual([trusted('Conversations')])
  followLive({ apollo: client, socket }, InboxDocument, {}, { data: () => undefined, ended: () => undefined })
  expect(subscribed).toEqual([trusted('Inbox')])
})
