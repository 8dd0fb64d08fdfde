import type { Client, Sink } from 'graphql-ws'
import { TimelineDocument } from '../../features/timeline/__generated__/timeline'
import { people } from '../people/people'
import { createCache } from './cache'
import type { Failure } from './errors'
import { followLive } from './live'

function followed() {
  let payload: { query: string; variables?: Record<string, unknown> | null } | undefined
  let sink: Sink | undefined
  const socket = {
    subscribe: (opened: typeof payload, to: typeof sink) => {
      payload = opened
      sink = to
      return () => undefined
    },
  } as unknown as Client
  let cursor = 1
  const heard: unknown[] = []
  const variables = {
    conversationId: 'c',
    get after() {
      return cursor
    },
  }
  followLive({ apollo: { cache: createCache() }, socket }, TimelineDocument, variables, {
    data: (data) => heard.push(data.timeline?.headSeq),
    ended: (failure: Failure | null) => heard.push(failure?.code ?? null),
  })
  const moveTo = (seq: number) => (cursor = seq)
  return { heard, moveTo, written: () => JSON.stringify(payload?.variables), sink: () => sink! }
}

describe('a live stream', () => {
  it('is opened from the current cursor of the client', () => {
    const { written, moveTo } = followed()
    expect(written()).toBe('{"conversationId":"c","after":1}')
    moveTo(7)
    expect(written()).toBe('{"conversationId":"c","after":7}')
  })

  it('delivers a frame without names, and stores the names that are present', () => {
    const { heard, sink } = followed()
    const actor = { __typename: 'User', id: 'u9', username: 'zoe', displayName: 'Zoe' }
    const errors = [{ message: 'No.', extensions: { category: 'temporary', code: 'UNAVAILABLE' } }]
    sink().next({ data: { timeline: { headSeq: 3, events: [{ actor }] } }, errors: errors as never })
    expect(heard).toEqual([3])
    expect(people.get().get('u9')?.displayName).toBe('Zoe')
    people.forget()
  })

  it('ends with the failure that came instead of a frame', () => {
    const { heard, sink } = followed()
    const errors = [{ message: 'No.', extensions: { category: 'state', code: 'NOT_FOUND' } }] as never
    sink().next({ data: { timeline: null }, errors })
    sink().error(errors)
    sink().error(new Error('closed'))
    sink().complete()
    expect(heard).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NETWORK', null])
  })
})
