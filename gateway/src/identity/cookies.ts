/** The value of one cookie in a Cookie header, as it was sent: our cookies hold nothing that needs decoding. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined
  }
  return undefined
}

/** A Cookie header of only the named cookies; undefined when there is none of them. */
export function cookiesIn(header: string | undefined, names: readonly string[]): string | undefined {
  const found = names.flatMap((name) => {
    const value = cookieIn(header, name)
    return value === undefined ? [] : [`${name}=${value}`]
  })
  return found.length === 0 ? undefined : found.join('; ')
}
