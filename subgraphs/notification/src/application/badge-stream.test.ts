import { DomainError } from '@parley/kernel/errors'
import type { ConversationId } from '@parley/kernel/ids'
import { newConversation } from '../testing/ids'
import { type BadgeFrame, BadgeStream, type BadgeStreamOptions } from './badge-stream'

const hour = 3_600_000

function open(options: Partial<BadgeStreamOptions> = {}) {
  const state = { unread: 0, counts: 0, closed: 0, unlistened: 0, hint: (_: ConversationId): void => undefined }
  const stream = new BadgeStream({
    listen: (onChange) => {
      state.hint = onChange
      return Promise.resolve(() => (state.unlistened += 1))
    },
    listenMs: hour,
    countUnread: () => {
      state.counts += 1
      return Promise.resolve(state.unread)
    },
    expiresAt: Date.now() + hour,
    pauseMs: 10,
    recountMs: hour,
    onClose: () => (state.closed += 1),
    ...options,
  })
  return { state, stream }
}

async function nextFrame(stream: BadgeStream): Promise<BadgeFrame> {
  const { value, done } = await stream.next()
  if (done === true || !('frame' in value)) throw new Error('The stream ended or failed')
  return value.frame
}

describe('BadgeStream', () => {
  it('brings the count at once, of no conversation in particular', async () => {
    const { stream, state } = open()
    state.unread = 3
    expect(await nextFrame(stream)).toEqual({ unread: 3, conversationId: null })
  })

  it('listens before it counts, so that what happens in between is not lost', async () => {
    const conversationId = newConversation()
    const parts = open({
      listen: (onChange) => {
        onChange(conversationId)
        return Promise.resolve(() => undefined)
      },
    })
    expect(await nextFrame(parts.stream)).toEqual({ unread: 0, conversationId: null })
    expect(await nextFrame(parts.stream)).toEqual({ unread: 0, conversationId })
  })

  it('names what changed, even when the count is the same', async () => {
    const { stream, state } = open()
    const conversationId = newConversation()
    await nextFrame(stream)
    state.hint(conversationId)
    expect(await nextFrame(stream)).toEqual({ unread: 0, conversationId })
  })

  it('counts once for a burst and names each conversation of it once', async () => {
    const { stream, state } = open()
    const [here, there] = [newConversation(), newConversation()]
    await nextFrame(stream)
    for (const id of [here, there, here, there, here]) state.hint(id)
    state.unread = 5
    const frames = [await nextFrame(stream), await nextFrame(stream)]
    expect(frames).toEqual([here, there].map((conversationId) => ({ unread: 5, conversationId })))
    expect(state.counts).toBe(2)
  })

  it('keeps a pause between two counts', async () => {
    const { stream, state } = open({ pauseMs: 50 })
    await nextFrame(stream)
    const from = performance.now()
    state.hint(newConversation())
    await nextFrame(stream)
    expect(performance.now() - from).toBeGreaterThan(40)
  })

  it('puts right what no hint told, and says nothing when there is nothing to put right', async () => {
    const { stream, state } = open({ recountMs: 5 })
    await nextFrame(stream)
    const next = nextFrame(stream)
    while (state.counts < 3) await new Promise(setImmediate)
    state.unread = 1
    expect(await next).toEqual({ unread: 1, conversationId: null })
  })

  it('goes on without hints and asks for them again with each count', async () => {
    let asked = 0
    const listen = () => Promise.reject(new Error(`Away ${(asked += 1)}`))
    const { stream, state } = open({ listen, recountMs: 5 })
    await nextFrame(stream)
    state.unread = 1
    expect(await nextFrame(stream)).toEqual({ unread: 1, conversationId: null })
    expect(asked).toBeGreaterThan(1)
  })

  it('does not wait long for hints, and takes them when they come late', async () => {
    const conversationId = newConversation()
    let begin = (): void => undefined
    const listen: BadgeStreamOptions['listen'] = (onChange) =>
      new Promise((resolve) => {
        begin = () => {
          resolve(() => undefined)
          onChange(conversationId)
        }
      })
    const { stream } = open({ listen, listenMs: 5 })
    expect(await nextFrame(stream)).toEqual({ unread: 0, conversationId: null })
    begin()
    expect(await nextFrame(stream)).toEqual({ unread: 0, conversationId })
  })

  it('I7: ends when the token runs out, with the failure as a value', async () => {
    const { stream, state } = open({ expiresAt: Date.now() + 20 })
    await nextFrame(stream)
    const { value } = await stream.next()
    expect(value).toMatchObject({ failure: { code: 'UNAUTHENTICATED' } })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect([state.closed, state.unlistened]).toEqual([1, 1])
  })

  it('never throws: a count that fails is its last word', async () => {
    const failure = new DomainError('temporary', 'UNAVAILABLE', 'Away.')
    const { stream } = open({ countUnread: () => Promise.reject(failure) })
    expect(await stream.next()).toEqual({ done: false, value: { failure } })
    expect((await stream.next()).done).toBe(true)
  })

  it('ends a wait when it is closed, and a pause too', async () => {
    const { stream, state } = open({ pauseMs: hour })
    await nextFrame(stream)
    const waiting = stream.next()
    state.hint(newConversation())
    await stream.return()
    expect((await waiting).done).toBe(true)
    expect([state.closed, state.unlistened]).toEqual([1, 1])
  })

  it('stops listening when it is closed while it begins to', async () => {
    let listening = (_: () => void): void => undefined
    let unlistened = 0
    const { stream } = open({ listen: () => new Promise((resolve) => (listening = resolve)) })
    const waiting = stream.next()
    await stream.return()
    listening(() => (unlistened += 1))
    expect((await waiting).done).toBe(true)
    expect(unlistened).toBe(1)
  })

  it('says that anything may have changed instead of naming too many', async () => {
    const { stream, state } = open()
    await nextFrame(stream)
    for (let index = 0; index < 1_500; index += 1) state.hint(newConversation())
    expect(await nextFrame(stream)).toEqual({ unread: 0, conversationId: null })
  })
})
