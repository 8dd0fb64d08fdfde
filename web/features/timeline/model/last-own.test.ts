import { ada, bob, messageSent } from '../../../testing/timeline-log'
import { lastOwn } from './last-own'
import type { OutboxItem } from './outbox-state'

const events = [messageSent(1), messageSent(2), messageSent(3, 3, { actor: bob })]
const item = (clientId: string): OutboxItem => ({
  clientId,
  conversationId: 'c',
  text: 'mine',
  at: '2026-11-30T12:00:00Z',
  status: 'pending',
})

describe('what the viewer wrote last', () => {
  it('is sent, or waits after all that is', () => {
    expect(lastOwn(events, [], ada)).toEqual({ kind: 'sent', message: events[1]?.message })
    expect(lastOwn(events, [item('k8'), item('k9')], ada)).toEqual({ kind: 'unsent', item: item('k9') })
    expect(lastOwn([], [], ada)).toBeNull()
  })

  it('is what the server has, when that is still in the outbox as well', () => {
    expect(lastOwn(events, [item('k2')], ada)).toEqual({ kind: 'sent', message: events[1]?.message })
  })
})
