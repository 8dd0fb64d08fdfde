import type { FastifyRequest } from 'fastify'
import { clientAddress } from './client-address'

const address = (remoteAddress: string, forwarded?: string | string[]): string =>
  clientAddress({
    headers: { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
  } as unknown as Pick<FastifyRequest, 'headers' | 'socket'>)

describe('clientAddress', () => {
  it('is what a nearby gateway saw, not what the client claims', () => {
    expect(address('127.0.0.1', '1.2.3.4, 198.51.100.9')).toBe('198.51.100.9')
    expect(address('10.0.3.4', ['1.2.3.4', '2001:db8::1'])).toBe('2001:db8::1')
    expect(address('::ffff:10.0.3.4', '198.51.100.9')).toBe('198.51.100.9')
  })
  it('is the peer when it is not nearby, or sends no header or an invalid one', () => {
    expect(address('203.0.113.1', '198.51.100.9')).toBe('203.0.113.1')
    expect(address('127.0.0.1')).toBe('127.0.0.1')
    expect(address('::1', 'example.org')).toBe('::1')
  })
})
