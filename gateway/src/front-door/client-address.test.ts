import type { IncomingMessage } from 'node:http'
import { addressOf, networkOf, trustOf } from './client-address'

const request = (remoteAddress: string, forwarded: string) =>
  ({
    headers: { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
    connection: { remoteAddress },
  }) as unknown as IncomingMessage

test('X-Forwarded-For is ignored without trusted proxies', () => {
  expect(addressOf(request('10.0.0.2', '203.0.113.7'), trustOf([]))).toBe('10.0.0.2')
})

test('the address from a trusted proxy is used, one that the client claims itself is not', () => {
  const trust = trustOf(['10.0.0.0/8'])
  expect(addressOf(request('10.0.0.2', '198.51.100.1, 203.0.113.7'), trust)).toBe('203.0.113.7')
  expect(addressOf(request('192.0.2.1', '203.0.113.7'), trust)).toBe('192.0.2.1')
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
