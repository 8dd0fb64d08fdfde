import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactElement } from 'react'

const tags: Readonly<Record<string, string>> = {
  strong: 'b',
  em: 'i',
  s: 's',
  blockquote: 'quote',
  ul: 'list',
  ol: 'list',
}

/** What was rendered of a text, written as the trees of the cases in @parley/text are. */
export function renderedTree(element: ReactElement): string {
  return renderToStaticMarkup(element)
    .replace(/^<div class="[^"]*">(.*)<\/div>$/s, '$1')
    .replace(
      /<div dir="ltr"[^>]*>(?:<p[^>]*>([^<]*)<\/p>)?<pre[^>]*><code>(.*?)<\/code><\/pre><button.*?<\/button><\/div>/gs,
      (_all, language: string | undefined, code: string) => `<pre${language ? ` ${language}` : ''}>${code}</pre>`,
    )
    .replace(/<p\b[^>]*>(.*?)<\/p>/gs, (_all, line: string) => `<p>${line.replaceAll('\n', '<br>')}</p>`)
    .replace(/<span role="button"[^>]*><span[^>]*>(.*?)<\/span><\/span>/gs, '<spoiler>$1</spoiler>')
    .replace(/<bdi [^>]*> \(([^<]*)\)<\/bdi>/g, ' [$1]')
    .replace(/<a href="([^"]*)"[^>]*>/g, '<a $1>')
    .replace(/<li value="(\d+)">/g, '<item $1>')
    .replace(/<(\/?)li>/g, '<$1item>')
    .replace(/<code class[^>]*>/g, '<code>')
    .replace(
      /<(\/?)(strong|em|s|blockquote|ul|ol)\b[^>]*>/g,
      (_all, end: string, tag: string) => `<${end}${tags[tag] ?? ''}>`,
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
}
