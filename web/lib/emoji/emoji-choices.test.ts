import { fakeStorage } from '../../testing/fake-storage'
import { EmojiChoicesStore, maxRecent } from './emoji-choices'

const open = (kept = new Map<string, string>()) => ({ kept, store: new EmojiChoicesStore('me', fakeStorage(kept)) })

describe('the emoji choices of a user', () => {
  it('are remembered on the device: the tone, and the recent ones without duplicates, the newest first', () => {
    const { kept, store } = open()
    for (const emoji of ['👍', '🎉', '👍']) store.use(emoji)
    store.choose(4)
    expect(store.get()).toEqual({ tone: 4, recent: ['👍', '🎉'] })
    expect(open(kept).store.get()).toEqual({ tone: 4, recent: ['👍', '🎉'] })
  })

  it('have a limit', () => {
    const { store } = open()
    for (let count = 0; count < 100; count += 1) store.use(String(count))
    expect(store.get().recent).toHaveLength(maxRecent)
    expect(store.get().recent[0]).toBe('99')
  })

  it.each(['no JSON', 'null', '[]', '{"tone":9,"recent":"👍"}', '{"tone":"1","recent":[1,null]}'])(
    'are the defaults when %s is stored',
    (text) => {
      expect(open(new Map([['me', text]])).store.get()).toEqual({ tone: 0, recent: [] })
    },
  )
})
