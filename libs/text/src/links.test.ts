import fc from 'fast-check'
import { addressOf } from './links'
import { parse } from './parse'
import { markup } from './testing/markup'

/** Addresses that run or show something in the page that follows them, in the spellings of many lists of XSS. */
const hostile = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  '\u00a0javascript:alert(1)',
  'javascript:/*--></title></style></textarea></script><svg/onload=alert(1)>',
  'javascript://example.org/%0aalert(1)',
  'javascript:https://example.org',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'blob:https://example.org/1',
  'filesystem:https://example.org/temporary/1',
  'view-source:https://example.org',
  'file:///etc/passwd',
  'ftp://example.org',
  'about:blank',
  'intent://example.org#Intent;end',
  'tel:123',
  'mailto:a@b.example?cc=c@d.example&body=x',
  'mailto:a@b.example,c@d.example',
  'mailto:javascript:alert(1)',
  'mailto:"><script>alert(1)</script>@b.example',
  '//example.org',
  '/path',
  '\\\\example.org',
  '#fragment',
  '?query',
  'https:example.org',
  'https:/example.org',
  'https://',
  'https://[',
  'https://exa mple.org',
  'http://%',
  'www.',
]

describe('what a link may lead to', () => {
  it.each(hostile)('is not %j', (address) => {
    expect(addressOf(address)).toBeNull()
    const tree = markup(parse(`[label](${address})`))
    expect(tree).not.toContain('>label</a>')
    expect(tree).not.toMatch(/<a (?!https:|mailto:[acd]@)/)
  })

  it.each([
    ['https://example.org', 'https://example.org'],
    ['HTTP://EXAMPLE.ORG/', 'HTTP://EXAMPLE.ORG/'],
    ['www.example.org', 'https://www.example.org'],
    ['mailto:ada@example.org', 'mailto:ada@example.org'],
    ['https://user@example.org:8443/a?b#c', 'https://user@example.org:8443/a?b#c'],
  ])('is %j', (address, href) => expect(addressOf(address)).toBe(href))

  it('is of http, https or mailto, for any text', () => {
    const parts = fc.oneof(
      fc.constantFrom(
        '[a](',
        ')',
        'javascript:',
        'data:',
        'https:',
        '//',
        'www.',
        'mailto:',
        'a@b.de',
        '<',
        '>',
        '\t',
        '&colon;',
      ),
      fc.webUrl(),
      fc.string({ maxLength: 5 }),
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (all) => {
        for (const [, href = ''] of markup(parse(all.join(''))).matchAll(/<a ([^>]*)>/g)) {
          expect(['http:', 'https:', 'mailto:']).toContain(new URL(href.replaceAll('&amp;', '&')).protocol)
        }
      }),
      { seed: 1129, numRuns: 2_000 },
    )
  })
})

describe('a label that deceives', () => {
  it.each([
    ['[https://bank.example](https://evil.example)', 'evil.example'],
    ['[bank.example/login](https://evil.example)', 'evil.example'],
    ['[**bank**.example](https://evil.example)', 'evil.example'],
    ['[bank\u200b.example](https://evil.example)', 'evil.example'],
    ['[bank\ufe0f.example](https://evil.example)', 'evil.example'],
    ['[\u3164bank.exam\u034fple](https://evil.example)', 'evil.example'],
    ['[\u2800bank.example](https://evil.example)', 'evil.example'],
    ['[bank\u3002example](https://evil.example)', 'evil.example'],
    ['[bank\uff61example](https://evil.example)', 'evil.example'],
    ['[bank\u2024example](https://evil.example)', 'evil.example'],
    ['[ⓑank.example](https://evil.example)', 'evil.example'],
    ['[b\u0323ank\u0323.example](https://evil.example)', 'evil.example'],
    ['[bankq\u0323.example](https://evil.example)', 'evil.example'],
    ['[ｂａｎｋ．example](https://evil.example)', 'evil.example'],
    ['[аpple.com](https://xn--pple-43d.com)', 'xn--pple-43d.com'],
    ['[BANK.EXAMPLE](https://evil.example)', 'evil.example'],
    ['[go to bank.example now](https://evil.example:8443/x)', 'evil.example:8443'],
    ['[(bank.example)](https://bank.example.evil.example)', 'bank.example.evil.example'],
    ['[bаnk.example](https://bank.example)', 'bank.example'],
    ['[https://evil.example/https://bank.example](https://bank.example)', 'bank.example'],
    ['https://bank.example@evil.example', 'evil.example'],
    ['https://bank.example:443@evil.example', 'evil.example'],
    ['https://аррle.example', 'xn--le-6kc8da.example'],
    ['[bank.example](mailto:x@evil.example)', 'x@evil.example'],
    ['[a@bank.example](mailto:a@evil.example)', 'a@evil.example'],
    ['[boss＠bank](mailto:a@evil.example)', 'a@evil.example'],
  ])('%s leads to %s, and says so', (text, destination) => {
    expect(markup(parse(text))).toContain(` [${destination}]`)
  })

  it.each([
    '[label](https://example.org)',
    '[example.org](https://example.org/a)',
    '[www.example.org](http://example.org)',
    '[https://example.org/index.html](https://example.org/index.html)',
    '[Node.js 24.0](https://nodejs.org)',
    '[Dr. Who, etc.](https://example.org)',
    'https://example.org/@user.name/a.b/c.d?e=f.gh',
    'https://münchen.example',
    'https://例え.example',
    '[пример.рф](https://xn--e1afmkfd.xn--p1ai)',
    'https://उदाहरण.भारत',
    '[Ｅxample.org…](https://example.org)',
    '[write](mailto:a@b.example)',
    'a@b.example',
  ])('%s does not', (text) => {
    expect(markup(parse(text))).not.toContain(' [')
  })
})
