import fc from 'fast-check'
import { linkify } from './linkify'

const hrefs = (text: string) => linkify(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []))

describe('linkify', () => {
  it('finds addresses and leaves the sentence around them', () => {
    expect(linkify('see https://example.org/a?b=1#c, please')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'https://example.org/a?b=1#c', href: 'https://example.org/a?b=1#c' },
      { kind: 'text', text: ', please' },
    ])
  })

  it('keeps brackets that the address opened and drops those that it did not', () => {
    expect(hrefs('(https://example.org/x)')).toEqual(['https://example.org/x'])
    expect(hrefs('https://en.wikipedia.org/wiki/Ink_(disambiguation)')).toEqual([
      'https://en.wikipedia.org/wiki/Ink_(disambiguation)',
    ])
  })

  it('makes links of the first 100 addresses', () => {
    expect(hrefs('http://a '.repeat(101))).toHaveLength(100)
  })

  it('does not link scripts', () => {
    expect(hrefs('javascript:alert(1) data:text/html,x //example.org https://')).toEqual([])
  })

  it('never loses or changes a character', () => {
    const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom('https://a.b/', ' ', '\n', ')', '.')), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('')
        expect(
          linkify(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
