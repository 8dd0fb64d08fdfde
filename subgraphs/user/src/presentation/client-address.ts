import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Where a gateway may run: this machine and private networks. A header from anywhere else is not trusted. */
const neighbours = new BlockList()
neighbours.addSubnet('127.0.0.0', 8)
neighbours.addSubnet('10.0.0.0', 8)
neighbours.addSubnet('172.16.0.0', 12)
neighbours.addSubnet('192.168.0.0', 16)
neighbours.addAddress('::1', 'ipv6')
neighbours.addSubnet('fc00::', 7, 'ipv6')

const isNeighbour = (address: string): boolean => neighbours.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * The client address as the gateway saw it: the last entry of X-Forwarded-For. Earlier entries are claimed by the
 * client.
 */
export function clientAddress({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>): string {
  const peer = socket.remoteAddress ?? 'unknown'
  if (!isNeighbour(peer)) return peer
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? ''
  return isIP(forwarded) === 0 ? peer : forwarded
}
