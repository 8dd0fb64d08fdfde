import fc from 'fast-check'
import { wayBackTo } from './way-back'

const origin = 'https://chat.example'
const id = '0193a1b2-0000-7000-8000-00000000000c'

describe('the way back after signing in', () => {
  it.each([
    `/c/${id}`,
    `/c/${id}?message=${id}`,
    `/c/${id}?thread=${id}`,
    '/bookmarks',
    '/threads',
    '/settings/notifications',
    '/share?title=A+walk&text=Who+comes%3F',
    '/new',
  ])('is the place that was asked for: %s', (address) => {
    expect(wayBackTo(address, origin)).toBe(address)
    expect(wayBackTo(origin + address, origin)).toBe(address)
  })

  it.each([
    '',
    '/',
    '/login',
    '/register',
    '/nothing/here',
    'https://other.example/bookmarks',
    '//other.example/bookmarks',
    '/\\other.example/bookmarks',
    'https:other.example/bookmarks',
    'http://chat.example/bookmarks',
    'https://chat.example:8443/bookmarks',
    'https://chat.example@other.example/bookmarks',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://[',
  ])('is none for %j', (address) => {
    expect(wayBackTo(address, origin)).toBeNull()
  })

  it('never leaves this site, whatever is kept', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('/', '\\', ':', '//', 'bookmarks', '@', 'https:', 'other.example'),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const back = wayBackTo(parts.join(''), origin)
        if (back !== null) expect(new URL(back, origin).origin).toBe(origin)
      }),
    )
  })
})
