import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Sink } from 'graphql-ws'
import { parse } from 'graphql'
import { ConversationsDocument, InboxDocument } from '../conversations/__generated__/conversations'
import { LogOutDocument } from '../session/__generated__/session'
import { askForSession } from '../session/session-request'
import { createApolloClient } from './client'
import { idOf } from './document-ids'
import { followLive } from './live'

interface Sent {
  readonly operationName?: string | null
  readonly query?: string
  readonly extensions?: { readonly persistedQuery?: unknown } | null
}

const { operations } = JSON.parse(readFileSync(join(__dirname, '../../trusted-documents.json'), 'utf8')) as {
  operations: { id: string; name: string; body: string }[]
}

/** An operation by its id, as it is in the manifest, and then with its text too. */
function trusted(operationName: string, { idAlone }: { idAlone: object }): Sent[] {
  const { id, body } = operations.find(({ name }) => name === operationName)!
  const named = { operationName, extensions: { persistedQuery: { version: 1, sha256Hash: id } } }
  return [
    { ...named, ...idAlone },
    { ...named, query: body },
  ]
}

/** An operation as the last release sent it, to servers that knew no ids. */
function textAlone(operationName: string): Sent {
  return { operationName, query: operations.find(({ name }) => name === operationName)!.body, extensions: {} }
}

const refusal = (code: string) => [{ message: 'No.', extensions: { category: 'input', code } }]
const unknownId = 'PERSISTED_QUERY_NOT_FOUND'
const forbidden = [{ message: 'No.', extensions: { category: 'auth', code: 'FORBIDDEN' } }]
const partOf = ({ operationName, query, extensions }: Sent): Sent => ({
  operationName,
  ...(query === undefined ? {} : { query }),
  extensions: { persistedQuery: extensions?.persistedQuery },
})

/** The requests that are sent over HTTP while a task runs, to a server that knows the ids or refuses them. */
async function sentDuring(task: () => Promise<unknown>, { refused }: { refused?: string } = {}): Promise<Sent[]> {
  const sent: Sent[] = []
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async (_url, options) => {
    const request = partOf(JSON.parse(options?.body as string) as Sent)
    sent.push(request)
    const isRefused =
      refused === unknownId ? request.query === undefined : request.extensions?.persistedQuery !== undefined
    return Response.json({ errors: refused !== undefined && isRefused ? refusal(refused) : forbidden })
  })
  await task().catch(() => undefined)
  fetched.mockRestore()
  return sent
}

/** What is sent over the socket, and how the stream ended. */
function followed({ refused }: { refused?: string } = {}) {
  const sent: Sent[] = []
  const ends: unknown[] = []
  const stopped: number[] = []
  const socket = {
    subscribe: (payload: Sent, sink: Sink) => {
      const index = sent.push(partOf(payload)) - 1
      queueMicrotask(() => sink.error(refused !== undefined && payload.query === '' ? refusal(refused) : forbidden))
      return () => stopped.push(index)
    },
  } as unknown as Client
  const sink = { data: () => undefined, ended: (failure: { code: string } | null) => ends.push(failure?.code) }
  const stop = followLive({ apollo: createApolloClient(), socket }, InboxDocument, {}, sink)
  return { sent, ends, stopped, stop }
}

const ask = () => createApolloClient().query({ query: ConversationsDocument, variables: { first: 1 } })
const end = () => askForSession(LogOutDocument)

describe('the client', () => {
  test('has the ids of the texts in its manifest', () => {
    expect(operations.length).toBeGreaterThan(10)
    for (const { id, body } of operations) expect(createHash('sha256').update(body).digest('hex')).toBe(id)
  })

  test('sends ids only', async () => {
    expect(await sentDuring(ask)).toEqual(trusted('Conversations', { idAlone: {} }).slice(0, 1))
    expect(await sentDuring(end)).toEqual(trusted('LogOut', { idAlone: {} }).slice(0, 1))
    const { sent, ends } = followed()
    await Promise.resolve()
    expect(sent).toEqual(trusted('Inbox', { idAlone: { query: '' } }).slice(0, 1))
    expect(ends).toEqual(['FORBIDDEN'])
  })

  test('sends the text of the manifest to a server that does not know its id', async () => {
    expect(await sentDuring(ask, { refused: unknownId })).toEqual(trusted('Conversations', { idAlone: {} }))
    expect(await sentDuring(end, { refused: unknownId })).toEqual(trusted('LogOut', { idAlone: {} }))
    const { sent, ends, stopped, stop } = followed({ refused: unknownId })
    await Promise.resolve()
    await Promise.resolve()
    expect(sent).toEqual(trusted('Inbox', { idAlone: { query: '' } }))
    expect(ends).toEqual(['FORBIDDEN'])
    stop()
    expect(stopped).toEqual([1])
  })

  test('sends the text alone to a server of the last release, which knew no ids', async () => {
    const refused = 'PERSISTED_QUERY_NOT_SUPPORTED'
    const [withId] = trusted('Conversations', { idAlone: {} })
    expect(await sentDuring(ask, { refused })).toEqual([withId, textAlone('Conversations')])
    const [endWithId] = trusted('LogOut', { idAlone: {} })
    expect(await sentDuring(end, { refused })).toEqual([endWithId, textAlone('LogOut')])
    // Over the socket it read the empty text.
    const { sent, ends } = followed({ refused: 'GRAPHQL_PARSE_FAILED' })
    await Promise.resolve()
    await Promise.resolve()
    expect(sent).toEqual([...trusted('Inbox', { idAlone: { query: '' } }).slice(0, 1), textAlone('Inbox')])
    expect(ends).toEqual(['FORBIDDEN'])
  })

  test('sends no operation without an id', async () => {
    const query = parse('query Unlisted { viewer { id } }')
    const asked = createApolloClient().query({ query })
    await expect(asked).rejects.toThrow('Unlisted has no id: run codegen')
    expect(() => idOf(parse('query constructor { viewer { id } }'))).toThrow('run codegen')
  })
})
