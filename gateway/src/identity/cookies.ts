import { parseCookie } from 'cookie'

/** Raw values: our cookies need no decoding, and cookies are passed on unchanged. */
const cookiesOf = (header: string) => parseCookie(header, { decode: (value) => value })

/** The value of one cookie in a Cookie header; undefined when it is absent or empty. */
export const cookieIn = (header: string | undefined, name: string): string | undefined =>
  (header && cookiesOf(header)[name]) || undefined

/** A Cookie header with only the named cookies; undefined when there are none. */
export function cookiesIn(header: string | undefined, names: readonly string[]): string | undefined {
  if (header === undefined) return undefined
  const cookies = cookiesOf(header)
  const pairs = names.flatMap((name) => (cookies[name] ? [`${name}=${cookies[name]}`] : []))
  return pairs.length === 0 ? undefined : pairs.join('; ')
}
