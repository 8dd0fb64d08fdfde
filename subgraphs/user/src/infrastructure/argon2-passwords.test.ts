import type { Password } from '../domain/account'
import { Argon2Passwords } from './argon2-passwords'

describe('Argon2Passwords', () => {
  const passwords = new Argon2Passwords()
  const [right, wrong] = ['correct horse', 'wrong horse'] as [Password, Password]

  it('hashes by argon2id with the parameters of OWASP, with a new salt each time', async () => {
    const hash = await passwords.hash(right)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await passwords.hash(right)).not.toBe(hash)
  })

  it('accepts the right password, not another, and none without an account', async () => {
    const hash = await passwords.hash(right)
    expect(await passwords.verify(right, hash)).toBe(true)
    expect(await passwords.verify(wrong, hash)).toBe(false)
    expect(await passwords.verify(right, null)).toBe(false)
  })
})
