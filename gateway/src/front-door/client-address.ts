import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import proxyAddress from '@fastify/proxy-addr'

/** Whether what an address says in X-Forwarded-For about who it speaks for is believed. */
export type Trust = (address: string, hop: number) => boolean

/** `proxies` are addresses, CIDR ranges or the names loopback, linklocal, uniquelocal. Throws when one is none of these. */
export const trustOf = (proxies: readonly string[]): Trust => proxyAddress.compile([...proxies])

/** The address that a request came from, before the proxies that are trusted. */
export const addressOf = (request: IncomingMessage, trust: Trust): string => proxyAddress(request, trust)

/** What one subscriber has: an IPv4 address, or a whole /64 of IPv6 addresses, to be counted as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = [], tail] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0')
  const groups = [...head, ...zeros, ...(tail ?? [])].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
