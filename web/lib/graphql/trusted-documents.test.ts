import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, Sink } from 'graphql-ws'
import { ConversationsDocument, InboxDocument } from '../conversations/__generated__/conversations'
import { LogOutDocument } from '../session/__generated__/session'
import { askForSession } from '../session/session-request'
import { createApolloClient } from './client'
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

const unknown = [{ message: 'No.', extensions: { category: 'input', code: 'PERSISTED_QUERY_NOT_FOUND' } }]
const forbidden = [{ message: 'No.', extensions: { category: 'auth', code: 'FORBIDDEN' } }]
const partOf = ({ operationName, query, extensions }: Sent): Sent => ({
  operationName,
  ...(query === undefined ? {} : { query }),
  extensions: { persistedQuery: extensions?.persistedQuery },
})

/** The requests that are sent over HTTP while a task runs, to a server that knows the ids or does not. */
async function sentDuring(task: () => Promise<unknown>, { idsAreKnown = true } = {}): Promise<Sent[]> {
  const sent: Sent[] = []
  const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async (_url, options) => {
    const request = partOf(JSON.parse(options?.body as string) as Sent)
    sent.push(request)
    return Response.json({ errors: idsAreKnown || request.query !== undefined ? forbidden : unknown })
  })
  await task().catch(() => undefined)
  fetched.mockRestore()
  return sent
}

/** What is sent over the socket, and how the stream ended. */
function followed({ idsAreKnown }: { idsAreKnown: boolean }) {
  const sent: Sent[] = []
  const ends: unknown[] = []
  const stopped: number[] = []
  const socket = {
    subscribe: (payload: Sent, sink: Sink) => {
      const index = sent.push(partOf(payload)) - 1
      queueMicrotask(() => sink.error(idsAreKnown || payload.query !== '' ? forbidden : unknown))
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
    const { sent, ends } = followed({ idsAreKnown: true })
    await Promise.resolve()
    expect(sent).toEqual(trusted('Inbox', { idAlone: { query: '' } }).slice(0, 1))
    expect(ends).toEqual(['FORBIDDEN'])
  })

  test('sends the text of the manifest to a server that does not know its id', async () => {
    expect(await sentDuring(ask, { idsAreKnown: false })).toEqual(trusted('Conversations', { idAlone: {} }))
    expect(await sentDuring(end, { idsAreKnown: false })).toEqual(trusted('LogOut', { idAlone: {} }))
    const { sent, ends, stopped, stop } = followed({ idsAreKnown: false })
    await Promise.resolve()
    await Promise.resolve()
    expect(sent).toEqual(trusted('Inbox', { idAlone: { query: '' } }))
    expect(ends).toEqual(['FORBIDDEN'])
    stop()
    expect(stopped).toEqual([1])
  })
})
