import { permalinkIn, permalinkPath } from './permalink'

const origin = 'https://chat.example'
const link = {
  conversationId: '0193a1b2-0000-7000-8000-00000000000c',
  messageId: '0193a1b2-0000-7000-8000-00000000000d',
}

describe('the address of a message', () => {
  it('leads back to it', () => {
    expect(permalinkIn(origin + permalinkPath(link), origin)).toEqual(link)
    expect(permalinkIn(permalinkPath(link), origin)).toEqual(link)
    expect(
      permalinkIn(
        `${origin}${permalinkPath(link).toUpperCase().replace('/C/', '/c/').replace('MESSAGE', 'message')}#x`,
        origin,
      ),
    ).toEqual(link)
  })

  it.each([
    'https://elsewhere.example' + permalinkPath(link),
    'http://chat.example' + permalinkPath(link),
    'https://chat.example.evil.example' + permalinkPath(link),
    `https://chat.example@evil.example${permalinkPath(link)}`,
    `javascript:alert(1)//${permalinkPath(link)}`,
    `${origin}/c/${link.conversationId}`,
    `${origin}/c/${link.conversationId}?message=1`,
    `${origin}/c/../login?message=${link.messageId}`,
    `${origin}/x/c/${link.conversationId}?message=${link.messageId}`,
    '//',
    '',
  ])('is not %s', (href) => {
    expect(permalinkIn(href, origin)).toBeNull()
  })
})
