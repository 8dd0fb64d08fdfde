import { randomBytes } from 'node:crypto'
import { KnownDevices } from './known-devices'

const devices = new KnownDevices(randomBytes(32))

const signedIn = (...usernames: string[]): string =>
  usernames.reduce<string | null>((cookie, username) => devices.afterSignIn(cookie, username) ?? cookie, null) ?? ''

describe('device cookies', () => {
  it('list the accounts that have signed in, with one device name per browser', () => {
    const cookie = signedIn('anna', 'ben')
    const name = devices.deviceOf(cookie, 'anna')
    expect(name).toMatch(/^[\w-]{22}$/)
    expect(devices.deviceOf(cookie, 'ben')).toBe(name)
    expect(devices.deviceOf(cookie, 'carl')).toBeNull()
    expect(devices.deviceOf(signedIn('anna'), 'anna')).not.toBe(name)
    expect(devices.afterSignIn(cookie, 'anna')).toBeNull()
  })

  it('drop the account that signed in longest ago', () => {
    const cookie = signedIn('a', 'b', 'c', 'd', 'e', 'f')
    expect(['a', 'b', 'f'].map((username) => devices.deviceOf(cookie, username) !== null)).toEqual([false, true, true])
  })

  it('cannot be forged from the cookies of other accounts', () => {
    const [nonce, mark] = signedIn('mallory').split('.')
    const [victims] = signedIn('anna').split('.')
    for (const forged of [
      `${nonce}.${nonce}`,
      `${victims}.${mark}`,
      `${nonce}.${mark}.`,
      `.${mark}`,
      '',
      'x'.repeat(9_000),
    ]) {
      expect(devices.deviceOf(forged, 'anna')).toBeNull()
    }
    expect(new KnownDevices(randomBytes(32)).deviceOf(signedIn('anna'), 'anna')).toBeNull()
  })

  it('start afresh from an invalid cookie', () => {
    expect(devices.deviceOf(devices.afterSignIn('nonsense', 'anna'), 'anna')).not.toBeNull()
  })
})
