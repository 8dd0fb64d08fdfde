export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

const candidate = /https?:\/\/[^\s<>"'`]+/gi
const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const closers: ReadonlySet<string> = new Set(Object.values(closerOf))

/** More than a reader needs; each link costs more to render than plain text. */
const longestList = 100

/**
 * Splits a text into plain parts and links, at most 100. Only http and https become links, so a text can never contain
 * a script link.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  let links = 0
  for (const match of text.matchAll(candidate)) {
    const url = withoutTrailingPunctuation(match[0])
    if (!URL.canParse(url)) continue
    if (links === longestList) break
    links += 1
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    parts.push({ kind: 'link', text: url, href: url })
    end = match.index + url.length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return parts
}

/**
 * A full stop or a closing bracket after an address belongs to the sentence, unless the address has the opening
 * bracket. Brackets are counted once: counting them again for each one takes seconds for a message full of them.
 */
function withoutTrailingPunctuation(url: string): string {
  const surplus = surplusOfClosers(url)
  let end = url.length
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1)
    const unopened = surplus.get(last) ?? 0
    if (unopened > 0) surplus.set(last, unopened - 1)
    else if (!/[.,;:!?*_~]/.test(last)) break
  }
  return url.slice(0, end)
}

/** How many more of each closing bracket there are than of its opener. */
function surplusOfClosers(url: string): Map<string, number> {
  const surplus = new Map<string, number>()
  const add = (closer: string, by: number) => surplus.set(closer, (surplus.get(closer) ?? 0) + by)
  for (const character of url) {
    const opened = closerOf[character]
    if (opened !== undefined) add(opened, -1)
    else if (closers.has(character)) add(character, 1)
  }
  return surplus
}
