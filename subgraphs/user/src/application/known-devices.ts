import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Accounts per device cookie; the one that signed in longest ago is dropped first. */
const maxAccounts = 5
const cookiePattern = /^[\w-]{22}(\.[\w-]{22}){1,5}$/

interface Device {
  readonly nonce: string
  readonly marks: readonly string[]
}

/**
 * Device cookies, as OWASP describes them: a nonce of the browser and, for each account that signed in there, a MAC
 * over both. The cookie proves that an account has signed in before and nothing else; it opens no session.
 */
export class KnownDevices {
  readonly #key: Buffer

  constructor(secret: Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'parley device cookies', 32))
  }

  /** The name of the device, if this account has signed in there before. */
  deviceOf(cookie: string | null, username: string): string | null {
    const device = deviceIn(cookie)
    return device !== null && this.#knows(device, username) ? device.nonce : null
  }

  /** The new cookie of this browser after the account has signed in; null when the cookie has the account already. */
  afterSignIn(cookie: string | null, username: string): string | null {
    const device = deviceIn(cookie) ?? { nonce: randomBytes(16).toString('base64url'), marks: [] }
    if (this.#knows(device, username)) return null
    const marks = [this.#mark(device.nonce, username), ...device.marks].slice(0, maxAccounts)
    return [device.nonce, ...marks].join('.')
  }

  #knows({ nonce, marks }: Device, username: string): boolean {
    const expected = Buffer.from(this.#mark(nonce, username))
    return marks.some((mark) => timingSafeEqual(Buffer.from(mark), expected))
  }

  /** 128 bits. */
  #mark(nonce: string, username: string): string {
    return createHmac('sha256', this.#key).update(`${nonce}:${username}`).digest().subarray(0, 16).toString('base64url')
  }
}

function deviceIn(cookie: string | null): Device | null {
  if (cookie === null || !cookiePattern.test(cookie)) return null
  const [nonce = '', ...marks] = cookie.split('.')
  return { nonce, marks }
}
