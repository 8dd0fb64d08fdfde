import { limits } from '@parley/kernel/limits'

const warnFrom = limits.messageLength - 500

/** Counted like the server: an emoji outside the basic plane is one. */
export function lengthOf(text: string): number {
  // UTF-16 units are never fewer than code points, so most texts need no counting.
  return text.length < warnFrom ? text.length : Array.from(text).length
}

/** Close enough to the limit to show the counter. */
export function nearLimit(length: number): boolean {
  return length >= warnFrom
}

/** Removes empty lines around a message; the indentation of its first line stays. */
export function trimmed(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}

export const isSendable = (text: string): boolean => trimmed(text) !== '' && lengthOf(text) <= limits.messageLength
