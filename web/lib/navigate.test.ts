import { fakeTab } from '../testing/fake-tab'
import type * as Navigate from './navigate'

const id = '0193a1b2-0000-7000-8000-00000000000c'

/** As a page that was loaded in this tab. */
const loaded = (): typeof Navigate => {
  jest.resetModules()
  return jest.requireActual<typeof Navigate>('./navigate')
}

describe('going to a place', () => {
  it('is at once, adds one entry, and leads back and forward', () => {
    const tab = fakeTab('/')
    const { openPlace, placeStore } = loaded()
    const kinds: string[] = []
    placeStore.subscribe(() => kinds.push(placeStore.get().kind))
    openPlace('/threads')
    openPlace(`/c/${id}?details`, { mark: true })
    expect(tab.addresses()).toEqual(['/', '/threads', `/c/${id}?details`])
    expect(tab.state()).toEqual({ mark: true, parleyFrom: '/threads' })
    tab.go(-1)
    tab.go(-1)
    tab.go(2)
    expect(kinds).toEqual(['threads', 'conversation', 'threads', 'list', 'conversation'])
  })

  it('adds no entry for where one is, or for what takes its place', () => {
    const tab = fakeTab(`/c/${id}?message=m`)
    const { openPlace, placeStore, replacePlace } = loaded()
    openPlace(`/c/${id}?message=m`)
    replacePlace(`/c/${id}`)
    expect(tab.addresses()).toEqual([`/c/${id}`])
    expect(placeStore.get()).toEqual({ kind: 'conversation', id, messageId: null, beside: null })
  })

  it('is left by the way one came, or else for good: no Back leads there again', () => {
    const tab = fakeTab('/')
    const { leaveTo, openPlace, placeStore, replacePlace } = loaded()
    openPlace(`/c/${id}`)
    replacePlace(`/c/${id}?details`, { mark: true })
    leaveTo('/')
    expect([tab.addresses(), placeStore.get().kind]).toEqual([['/', `/c/${id}?details`], 'list'])
    openPlace('/threads')
    expect(tab.addresses()).toEqual(['/', '/threads'])

    const direct = fakeTab(`/c/${id}`)
    loaded().leaveTo('/')
    expect(direct.addresses()).toEqual(['/'])
    expect(direct.heard).toEqual([])
  })

  it('is not told to the router of the page', () => {
    const tab = fakeTab('/bookmarks')
    const { openPlace, replacePlace } = loaded()
    openPlace('/threads')
    replacePlace('/')
    tab.go(-1)
    expect(tab.heard).toEqual([])
  })
})

describe('a click on a link', () => {
  const plain = { button: 0, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, defaultPrevented: false }
  const others = [
    { button: 1 },
    { ctrlKey: true },
    { metaKey: true },
    { shiftKey: true },
    { altKey: true },
    { defaultPrevented: true },
  ]

  it('goes there when it is plain, and is for the browser with a key or another button', () => {
    const { isPlainClick } = loaded()
    expect(isPlainClick(plain)).toBe(true)
    expect(others.map((change) => isPlainClick({ ...plain, ...change }))).toEqual(others.map(() => false))
  })
})
