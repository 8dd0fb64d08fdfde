import { messageDeleted, messageSent, pinSet } from '../../../testing/timeline-log'
import { PinStore, type PinnedState } from './pin-store'

const [one, two] = [messageSent(1).message, messageSent(2).message]

function opened() {
  const answers: ((listed: readonly PinnedState[] | null) => void)[] = []
  const pins = new PinStore(() => new Promise((resolve) => answers.push(resolve)))
  const answer = async (listed: readonly PinnedState[] | null) => {
    answers.shift()?.(listed)
    await Promise.resolve()
  }
  return { pins, answer, shown: () => [...pins.of('c')] }
}

describe('the pinned messages of a conversation', () => {
  it('are those that the server lists, and then those that events tell', async () => {
    const { pins, answer, shown } = opened()
    void pins.load('c')
    await answer([{ id: 'm1', version: 3 }])
    const event = pinSet(4, two)
    pins.hear(event)
    expect(shown()).toEqual(['m1', 'm2'])
    pins.hear(pinSet(5, { ...one, version: 3, pinnedAt: one.clientId }))
    expect(shown()).toEqual(['m2'])
    pins.hear(messageDeleted(6, two))
    expect(shown()).toEqual([])
    // Late and double.
    pins.hear(event)
    expect(shown()).toEqual([])
  })

  it('are right when an event comes before the list, and when the list is asked for again', async () => {
    const { pins, answer, shown } = opened()
    void pins.load('c')
    pins.hear(messageDeleted(5, one))
    pins.hear(pinSet(6, two))
    await answer([{ id: 'm1', version: 3 }])
    expect(shown()).toEqual(['m2'])
    void pins.load('c')
    void pins.load('c')
    await answer([{ id: 'm9', version: 9 }])
    expect(shown()).toEqual(['m2'])
    await answer(null)
    expect(shown()).toEqual(['m2'])
  })

  it('are not kept for conversations that were not opened', () => {
    const { pins } = opened()
    pins.hear(pinSet(4, two))
    expect(pins.get().size).toBe(0)
  })
})
