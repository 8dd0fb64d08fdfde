export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

const candidate = /https?:\/\/[^\s<>"'`]+/gi
const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Cuts a text into plain parts and links. Only http and https become links, so a text can never carry a script. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(candidate)) {
    const url = withoutTrailingPunctuation(match[0])
    if (!URL.canParse(url)) continue
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    parts.push({ kind: 'link', text: url, href: url })
    end = match.index + url.length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return parts
}

/** A full stop or a closing bracket after an address belongs to the sentence, unless the address opened the bracket. */
function withoutTrailingPunctuation(url: string): string {
  let cut = url
  for (;;) {
    const last = cut.at(-1) ?? ''
    const opener = closers[last]
    const unbalanced = opener !== undefined && cut.split(opener).length < cut.split(last).length
    if (!/[.,;:!?*_~]/.test(last) && !unbalanced) return cut
    cut = cut.slice(0, -1)
  }
}
