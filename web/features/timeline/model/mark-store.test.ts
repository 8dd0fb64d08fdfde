import { messageDeleted, messageSent, pinSet } from '../../../testing/timeline-log'
import { BookmarkStore, withBookmarks } from './bookmark-store'
import type { MarkedState, MarkStore } from './mark-store'
import { PinStore } from './pin-store'
import { keptConversations } from './timeline-stores'

const [one, two] = [messageSent(1).message, messageSent(2).message]

/** The questions of a store, in their order, until they are answered. */
class Questions<Answer> {
  readonly asked: string[] = []
  readonly #waiting: ((answer: Answer | null) => void)[] = []

  readonly ask = (conversationId: string): Promise<Answer | null> => {
    this.asked.push(conversationId)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  async answer(answer: Answer | null): Promise<void> {
    this.#waiting.shift()?.(answer)
    await jest.advanceTimersByTimeAsync(0)
  }
}

const asked = () => jest.advanceTimersByTimeAsync(0)
const withPins = async () => {
  const questions = new Questions<readonly MarkedState[]>()
  const pins = new PinStore(questions.ask)
  const close = pins.open('c')
  await asked()
  return { pins, questions, close, shown: () => [...pins.of('c')] }
}
const withMarks = async () => {
  const questions = new Questions<readonly string[]>()
  const bookmarks = new BookmarkStore(questions.ask)
  const close = bookmarks.open('c')
  await asked()
  return { bookmarks, questions, close, shown: () => [...bookmarks.of('c')] }
}
const soon = () => jest.advanceTimersByTimeAsync(10_000)

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

describe('the pinned messages of a conversation', () => {
  it('are those that the server lists, and then those that events tell', async () => {
    const { pins, questions, shown } = await withPins()
    await questions.answer([{ id: 'm1', version: 3 }])
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
    const { pins, questions, shown } = await withPins()
    pins.hear(messageDeleted(5, one))
    pins.hear(pinSet(6, two))
    await questions.answer([{ id: 'm1', version: 3 }])
    expect(shown()).toEqual(['m2'])
    pins.reload()
    pins.reload()
    await questions.answer([{ id: 'm9', version: 9 }])
    expect(shown()).toEqual(['m2'])
  })

  it('stay when they cannot be read, with what is heard meanwhile, and are asked for again', async () => {
    const { pins, questions, shown } = await withPins()
    await questions.answer([{ id: 'm1', version: 3 }])
    pins.reload()
    await questions.answer(null)
    pins.hear(pinSet(4, two))
    expect(shown()).toEqual(['m1', 'm2'])
    await soon()
    expect(questions.asked).toEqual(['c', 'c', 'c'])
    await questions.answer([{ id: 'm2', version: 4 }])
    expect(shown()).toEqual(['m2'])
    await soon()
    expect(questions.asked).toHaveLength(3)
  })

  it('are not kept for conversations that were not opened', () => {
    const pins = new PinStore(() => Promise.resolve(null))
    pins.hear(pinSet(4, two))
    expect(pins.get().size).toBe(0)
  })
})

describe('the bookmarks in a conversation', () => {
  it('are those that the server knows and what this device has changed since', async () => {
    const { bookmarks, questions, shown } = await withMarks()
    bookmarks.put('c', 'm2', true)
    bookmarks.put('c', 'm1', false)
    await questions.answer(['m1', 'm3'])
    expect(shown()).toEqual(['m3', 'm2'])
    bookmarks.reload()
    await questions.answer(['m1'])
    expect(shown()).toEqual(['m1'])
  })

  it('are asked for again by a change elsewhere when the first answer was none', async () => {
    const { bookmarks, questions, shown } = await withMarks()
    await questions.answer(null)
    bookmarks.reload()
    await questions.answer(['m1'])
    expect(shown()).toEqual(['m1'])
  })

  it('mark their messages, and leave all others as they are', () => {
    const events = [messageSent(1), messageSent(2)]
    const [first, second] = withBookmarks(events, new Set(['m1']))
    expect(first).toMatchObject({ message: { id: 'm1', isBookmarked: true } })
    expect(second).toBe(events[1])
    expect(withBookmarks(events, new Set())).toBe(events)
  })
})

describe('marks', () => {
  it('are asked for only where they are shown', async () => {
    const { bookmarks, questions, close } = await withMarks()
    await questions.answer(['m1'])
    // What is known and followed is not asked for by a second part of the screen.
    const closeThread = bookmarks.open('c')
    await asked()
    expect(questions.asked).toHaveLength(1)
    close()
    bookmarks.reload()
    expect(questions.asked).toHaveLength(2)
    await questions.answer(null)
    closeThread()
    bookmarks.reload()
    await soon()
    expect(questions.asked).toHaveLength(2)
  })

  it('are taken from another answer that has them, which is asked for in the same moment', async () => {
    const questions = new Questions<readonly MarkedState[]>()
    const pins = new PinStore(questions.ask)
    const close = pins.open('c')
    const tell = pins.expect('c')
    await asked()
    pins.hear(pinSet(4, two))
    tell([{ id: 'm1', version: 3 }])
    expect([...pins.of('c')]).toEqual(['m1', 'm2'])
    expect(questions.asked).toEqual([])
    // The next opening knows nothing of what has changed in between.
    close()
    pins.open('c')
    await asked()
    expect(questions.asked).toEqual(['c'])
  })

  it('are there when the list is shown after the answer, and asked for when the answer has none', async () => {
    const questions = new Questions<readonly MarkedState[]>()
    const pins = new PinStore(questions.ask)
    pins.expect('c')([{ id: 'm1', version: 3 }])
    pins.open('c')
    await asked()
    expect([[...pins.of('c')], questions.asked]).toEqual([['m1'], []])
    const tell = pins.expect('d')
    pins.open('d')
    await asked()
    tell(null)
    await soon()
    expect(questions.asked).toEqual(['d'])
  })

  it('are asked for when the connection is back, and not when it comes right after their answer', async () => {
    const { pins, questions } = await withPins()
    await questions.answer([{ id: 'm1', version: 3 }])
    pins.connected()
    expect(questions.asked).toEqual(['c'])
    await soon()
    pins.connected()
    expect(questions.asked).toEqual(['c', 'c'])
  })

  it('of an older answer are dropped', async () => {
    const { pins, questions, shown } = await withPins()
    const tell = pins.expect('c')
    await questions.answer([{ id: 'm1', version: 3 }])
    expect(shown()).toEqual([])
    tell([{ id: 'm2', version: 4 }])
    expect(shown()).toEqual(['m2'])
  })

  it('stay for as many conversations as are kept, those of the last ones', async () => {
    const store: MarkStore = new BookmarkStore((id) => Promise.resolve([`m of ${id}`]))
    for (let index = 0; index <= keptConversations; index += 1) {
      const close = store.open(`c${index}`)
      await jest.advanceTimersByTimeAsync(0)
      close()
    }
    expect(store.get().size).toBe(keptConversations)
    expect([store.of('c0').size, store.of('c1').size]).toEqual([0, 1])
  })
})
