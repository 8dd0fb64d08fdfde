import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import proxyAddress from '@fastify/proxy-addr'

/** Whether the X-Forwarded-For header of this address is trusted. */
export type Trust = (address: string, hop: number) => boolean

/** `proxies` are addresses, CIDR ranges or the names loopback, linklocal, uniquelocal. Throws when one is none of these. */
export const trustOf = (proxies: readonly string[]): Trust => proxyAddress.compile([...proxies])

/** The client address of a request, before the trusted proxies. */
export const addressOf = (request: IncomingMessage, trust: Trust): string => proxyAddress(request, trust)

/** The range that one customer usually has: an IPv4 address, or a /64 of IPv6 addresses, counted as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = [], tail] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0')
  const groups = [...head, ...zeros, ...(tail ?? [])].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
