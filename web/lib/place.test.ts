import fc from 'fast-check'
import { permalinkIn, permalinkPath } from './permalink'
import { conversationPath, placeOf, settingsPath, settingsSections, type SidePane } from './place'

const id = '0193a1b2-0000-7000-8000-00000000000c'
const at = (address: string) => {
  const { pathname, search } = new URL(address, 'https://chat.example')
  return placeOf(pathname, search)
}

describe('a place', () => {
  it.each([
    ['/', 'list'],
    ['/bookmarks', 'bookmarks'],
    ['/threads', 'threads'],
    ['/login', 'login'],
    ['/register', 'register'],
    ['/new', 'new'],
    ['/threads/', 'threads'],
    ['/threads?x=1#y', 'threads'],
  ])('%s is one', (address, kind) => {
    expect(at(address)).toEqual({ kind })
  })

  it('of a conversation says what is beside it and at which message it is opened', () => {
    const alone = { kind: 'conversation', id, messageId: null, beside: null }
    expect(at(`/c/${id}`)).toEqual(alone)
    expect(at(`/c/${id.toUpperCase()}/`)).toEqual(alone)
    expect(at(`/c/${id}?message=m`)).toEqual({ ...alone, messageId: 'm' })
    expect(at(`/c/${id}?details`)).toEqual({ ...alone, beside: { kind: 'details' } })
    expect(at(`/c/${id}?details&thread=r`)).toEqual({ ...alone, beside: { kind: 'thread', rootId: 'r' } })
  })

  it('of the settings says which section it is', () => {
    expect(at('/settings')).toEqual({ kind: 'settings', section: null })
    for (const section of settingsSections) expect(at(settingsPath(section))).toEqual({ kind: 'settings', section })
  })

  it.each([
    ['title=A%20walk&text=Who%20comes%3F&url=https%3A%2F%2Fwalks.example', 'A walk\nWho comes?\nhttps://walks.example'],
    [
      'title=A%20walk&text=A%20walk%3A%20https%3A%2F%2Fw.example&url=https%3A%2F%2Fw.example',
      'A walk: https://w.example',
    ],
    ['url=https%3A%2F%2Fw.example', 'https://w.example'],
    ['text=%20one%0Atwo%20', 'one\ntwo'],
    ['', ''],
  ])('for what is shared has the text of %j', (search, text) => {
    expect(at(`/share?${search}`)).toEqual({ kind: 'share', text })
  })

  it.each(['nonsense', `${id}0`, `x${id}`, id.replaceAll('-', ''), '%00', '..%2Flogin', '__proto__'])(
    'of the conversation %s is none, and says so in the chat',
    (other) => {
      expect(placeOf(`/c/${other}`)).toEqual({ kind: 'nowhere' })
    },
  )

  it.each([
    '',
    '/c',
    '/c/',
    `/c/${id}/x`,
    `/C/${id}`,
    `/x/c/${id}`,
    '/Threads',
    '/settings/passwords',
    '/settings/profile/x',
    '/share/x',
    '/threads//',
    '/foo/bar',
    '/__proto__',
  ])('is not at %j', (path) => {
    expect(placeOf(path)).toBeNull()
  })

  it('is decided for any address, and a conversation only by what is a UUID', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('c', id, '', '/', '?', 'threads'))
    fc.assert(
      fc.property(fc.array(part), fc.string(), (parts, search) => {
        const place = placeOf(`/${parts.join('/')}`, search)
        if (place?.kind === 'conversation') expect(place.id).toBe(id)
      }),
    )
  })

  it('has an address that leads back to it, and a permalink one', () => {
    const beside = fc.option(
      fc.oneof(
        fc.constant<SidePane>({ kind: 'details' }),
        fc.uuid().map((rootId): SidePane => ({ kind: 'thread', rootId })),
      ),
    )
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), beside, (one, messageId, pane) => {
        expect(at(conversationPath(one, pane))).toEqual({
          kind: 'conversation',
          id: one,
          messageId: null,
          beside: pane,
        })
        const link = permalinkPath({ conversationId: one, messageId })
        expect(at(link)).toEqual({ kind: 'conversation', id: one, messageId, beside: null })
        expect(permalinkIn(link, 'https://chat.example')).toEqual({ conversationId: one, messageId })
      }),
    )
  })
})
