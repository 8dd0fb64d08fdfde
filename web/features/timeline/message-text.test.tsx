import { cases } from '@parley/text/testing/cases'
import { hostileTexts } from '@parley/text/testing/hostile-texts'
import { renderToStaticMarkup } from 'react-dom/server'
import { FormattedText } from '../../components/text/formatted-text'
import { renderedTree } from '../../testing/rendered-tree'
import { MessageText } from './message-text'

const html = (text: string) =>
  renderToStaticMarkup(
    <MessageText id="1" text={text} editedAt="2026-11-29T12:00:00.000Z" faded={false} onSeeHistory={() => undefined} />,
  )

/** A closed spoiler has its text without marks; a mention is @someone while nobody says whose it is. */
const shownTree = (tree: string): string =>
  tree
    .replace(/<@[0-9a-f-]{36}>/g, '@someone')
    .replace(/<@(all|here)>/g, '@$1')
    .replace(
      /<spoiler>(.*?)<\/spoiler>/g,
      (_all, inner: string) => `<spoiler>${inner.replace(/<[^>]*>/g, (tag) => (tag === '<br>' ? tag : ''))}</spoiler>`,
    )

describe('the text of a message', () => {
  it.each(cases.map(({ name, text, tree }) => [name, text, tree] as const))('%s', (_name, text, tree) => {
    expect(renderedTree(<FormattedText text={text} />)).toBe(shownTree(tree))
  })

  it('is rendered in a size linear in its length, for hostile texts', () => {
    for (const text of hostileTexts(8_000)) expect(html(text).length).toBeLessThan(60_000 + 130 * text.length)
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '`<script>alert(1)</script>`',
    '```html\n</code></pre><script>alert(1)</script>\n```',
    '```"><img\nonerror=alert(1)\n```',
    '||<iframe src=javascript:alert(1)>||',
    '[<img src=x onerror=alert(1)>](https://example.org)',
    '[a](https://example.org"onmouseover="alert(1))',
    "[a](https://example.org'onmouseover='alert(1))",
    'https://example.org/"onmouseover="alert(1)',
    '[a](javascript:alert(1))',
    '[a](JAVASCRIPT:alert(1))',
    '[a](data:text/html,<script>alert(1)</script>)',
    '@<script>',
    '> - **<b onclick=alert(1)>**',
  ])('has no elements and no attributes but its own: %s', (text) => {
    const tags = html(text).match(/<[^/][^>]*>/g) ?? []
    for (const tag of tags)
      expect(tag).toMatch(/^<(?:div|p|a|pre|code|button|svg|path|rect|span|bdi|blockquote|ul|li|strong)[ >]/)
    for (const [, name] of tags
      .join('')
      .replace(/="[^"]*"/g, '=')
      .matchAll(/ ([\w-]+)=/g))
      expect(name).not.toMatch(/^on|^src$/)
    for (const [, href = ''] of html(text).matchAll(/ href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\/example\.org/)
  })

  it('opens links elsewhere, and tells nothing about where they were', () => {
    expect(html('[a](https://example.org)')).toContain('target="_blank" rel="noopener noreferrer nofollow"')
  })

  it('takes the direction of each paragraph, quote and list from its text, and code from left to right', () => {
    const rendered = html('שלום\n\n> مرحبا\n\n- אחת\n\n```\ncode\n```')
    expect(rendered.match(/<(?:p|blockquote|ul) dir="auto"/g)).toHaveLength(3)
    expect(rendered).toContain('<div dir="ltr"')
  })

  it('has a spoiler as a button, with nothing in it to reach before it is opened', () => {
    const rendered = html('||[a](https://example.org) **b**||')
    expect(rendered).toMatch(
      /<span role="button" tabindex="0" title="Show the spoiler"[^>]*><span aria-hidden="true">a b<\//i,
    )
    expect(rendered).not.toContain('<a ')
    expect(rendered).not.toContain('<strong')
  })

  it('says at its end that it was edited, in the last line or below', () => {
    expect(html('a\n\nb')).toMatch(/>b <button[^>]*>\(edited\)<\/button><\/p>/)
    expect(html('```\na\n```')).toMatch(/<\/div> <button[^>]*>\(edited\)<\/button><\/div>/)
  })

  it('shows mentions as those who know the names want', () => {
    const rendered = renderToStaticMarkup(
      <FormattedText text="@all and @here" mention={({ who }) => (who === 'all' ? <b>everybody</b> : null)} />,
    )
    expect(rendered).toContain('<b>everybody</b> and @here')
  })
})
