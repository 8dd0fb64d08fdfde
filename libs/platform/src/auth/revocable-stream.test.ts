import { EventEmitter, on } from 'node:events'
import type { ExecutionResult } from 'graphql'
import { RevocableStream } from './revocable-stream'
import { RevokedSessions } from './revoked-sessions'

const revocations = () => new RevokedSessions({ JWKS_URL: 'http://127.0.0.1:1/jwks.json' })

/** Results that are sent one by one, in an iterator that can be ended while it waits. */
function results() {
  const sent = new EventEmitter()
  const events = on(sent, 'result')
  const source = {
    next: async () => {
      const event = (await events.next()) as IteratorResult<[ExecutionResult], undefined>
      return event.done === true ? event : { done: false, value: event.value[0] }
    },
    return: () => events.return?.(),
  } as unknown as AsyncGenerator<ExecutionResult>
  return { source, send: (seq: number) => sent.emit('result', { data: { seq } }), sent }
}

it('fails soon after its session ended, with the reason, even while it waits for an event', async () => {
  const revoked = revocations()
  const { source, send } = results()
  const stream = new RevocableStream(source, 'mine', revoked)
  send(1)
  expect(await stream.next()).toEqual({ done: false, value: { data: { seq: 1 } } })
  const last = stream.next()
  revoked.add('mine')
  await expect(last).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(await stream.next()).toEqual({ done: true, value: undefined })
})

it('continues when another session ends, and ends with its source', async () => {
  const revoked = revocations()
  const { source, send, sent } = results()
  const stream = new RevocableStream(source, 'mine', revoked)
  revoked.add('theirs')
  send(1)
  expect(await stream.next()).toEqual({ done: false, value: { data: { seq: 1 } } })
  const waiting = stream.next()
  await stream.return()
  expect((await waiting).done).toBe(true)
  expect(sent.listenerCount('result')).toBe(0)
})

it('unsubscribes from the revoked sessions when its source fails', async () => {
  const revoked = revocations()
  const leave = jest.fn()
  jest.spyOn(revoked, 'subscribe').mockReturnValue(leave)
  const failure = new Error('The source fails')
  const source = { next: () => Promise.reject(failure) } as unknown as AsyncGenerator<ExecutionResult>
  await expect(new RevocableStream(source, 'mine', revoked).next()).rejects.toBe(failure)
  expect(leave).toHaveBeenCalledTimes(1)
})
