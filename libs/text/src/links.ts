import type { Inline, Link, Mention } from './tree'

/** An address or a mention that needs no marks, from `start` to `end` of a text. */
export interface Atom {
  readonly start: number
  readonly end: number
  readonly node: Link | Mention
}

/** An address ends at a space, a quote, a bracket of HTML, the end of a label, a spoiler's, and what is not seen. */
const urls = /(?<![A-Za-z0-9])(?:https?:\/\/|www\.)(?:(?!\]\()[^\s<>"'`|\\\p{Cc}\p{Cf}])+/giu
const emails = /(?<![A-Za-z0-9+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9.-]{3,253}/g
/** Words are read as people see them: `@all` ends at a full stop, and is none in `@allison`, `a@all`, `@all.example`. */
const mentions =
  /<@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>|(?<![\p{L}\p{M}\p{N}_@+/.-])@(all|here)(?![\p{L}\p{M}\p{N}_@-]|\.[\p{L}\p{N}])/giu

/** The addresses and mentions of a text in their order; none overlaps another. */
export function atomsOf(text: string): Atom[] {
  const found: (Atom | null)[] = []
  if (/:\/\/|www\./i.test(text)) found.push(...Array.from(text.matchAll(urls), urlAtom))
  if (text.includes('@')) {
    found.push(...Array.from(text.matchAll(emails), emailAtom), ...Array.from(text.matchAll(mentions), mentionAtom))
  }
  let end = 0
  return found
    .filter((atom) => atom !== null)
    .sort((a, b) => a.start - b.start)
    .filter((atom) => {
      if (atom.start < end) return false
      end = atom.end
      return true
    })
}

function urlAtom({ 0: candidate, index }: RegExpExecArray): Atom | null {
  const written = withoutTrailingPunctuation(candidate)
  const href = webAddress(written)
  return href === null ? null : atom(index, written, linkTo(href, [{ kind: 'text', text: written }]))
}

function emailAtom({ 0: candidate, index }: RegExpExecArray): Atom | null {
  const written = candidate.replace(/[.-]{1,253}$/, '')
  return isEmail(written) ? atom(index, written, linkTo(`mailto:${written}`, [{ kind: 'text', text: written }])) : null
}

const mentionAtom = ({ 0: written, 1: id, 2: word = '', index }: RegExpExecArray): Atom =>
  atom(index, written, { kind: 'mention', who: (id ?? word).toLowerCase() })

const atom = (start: number, written: string, node: Atom['node']): Atom => ({
  start,
  end: start + written.length,
  node,
})

/** What may be followed of what somebody wrote as the destination of a link, or null: http, https and mailto alone. */
export function addressOf(written: string): string | null {
  const email = /^mailto:(.*)$/is.exec(written)?.[1]
  if (email !== undefined) return isEmail(email) ? `mailto:${email}` : null
  return webAddress(written)
}

function webAddress(written: string): string | null {
  const href = /^www\../i.test(written) ? `https://${written}` : written
  return /^https?:\/\//i.test(href) && URL.canParse(href) ? href : null
}

const emailDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i

function isEmail(text: string): boolean {
  const at = text.indexOf('@')
  return /^[A-Za-z0-9][\w.+-]{0,63}$/.test(text.slice(0, Math.max(at, 0))) && emailDomain.test(text.slice(at + 1))
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const closers: ReadonlySet<string> = new Set(Object.values(closerOf))

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

/** What is drawn as nothing, so that an address is the same to a reader with it and without. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu

/** A link, with its destination where its label would deceive. */
export function linkTo(href: string, children: readonly Inline[]): Link {
  // Letters and full stops of any form are read as the plain ones.
  const label = labelOf(children).replace(unseen, '').normalize('NFKC')
  return { kind: 'link', href, children, destination: concealed(href, label) }
}

const labelOf = (children: readonly Inline[]): string => children.map(textIn).join('')

function textIn(node: Inline): string {
  if ('children' in node) return labelOf(node.children)
  if (node.kind === 'mention') return `@${node.who}`
  return 'text' in node ? node.text : ' '
}

/** What a reader takes for an address: at the beginning of a word, or after a scheme or an opening bracket. */
const place = /(?<![^\s([<"'/]|[^:/]\/)(?:[\p{L}\p{M}\p{N}-]+[.\u3002])+[\p{L}\p{M}]{2,24}(?![\p{L}\p{M}\p{N}])/gu
/** Endings of files that are no top-level domain. */
const file =
  /\.(?:css|csv|docx?|exe|gif|go|html?|java|jpe?g|js|json|jsx|kt|lock|pdf|png|sql|svg|toml|tsx?|txt|xlsx?|xml|ya?ml)$/i
/** Letters that are drawn like Latin ones. */
const lookAlikes = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\u0250-\u02AF]/u

/** The host or address that a link leads to, where its label or its own letters say something else. */
function concealed(href: string, label: string): string | null {
  if (href.startsWith('mailto:')) {
    const address = href.slice('mailto:'.length)
    return label !== address && (label.includes('@') || placesIn(label).length > 0) ? address : null
  }
  const { host, hostname, username, password } = new URL(href)
  const written = /^https?:\/\/([^/?#]*)/i.exec(href)?.[1] ?? ''
  const places = placesIn(label)
  const honest = username === '' && password === '' && ![written, ...places].some(isForeign)
  return honest && places.every((name) => bare(new URL(`https://${name}`).hostname) === bare(hostname)) ? null : host
}

/** Whether letters that look like Latin ones are mixed with Latin ones. */
const isForeign = (name: string): boolean => lookAlikes.test(name) && /\p{Script=Latin}/u.test(name)

/** As they are written, each of which is a host. */
const placesIn = (label: string): string[] =>
  Array.from(label.matchAll(place), ([name]) => name).filter(
    (name) => !file.test(name) && URL.canParse(`https://${name}`),
  )

const bare = (hostname: string): string => hostname.replace(/^www\./, '')
