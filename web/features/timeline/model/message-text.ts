import { limits } from '@parley/kernel/limits'
import { cleaned, hasVisible } from '@parley/text/clean'

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

/** Whether the server would take it. */
export function isSendable(written: string): boolean {
  const text = cleaned(written)
  return hasVisible(text) && lengthOf(text) <= limits.messageLength
}
