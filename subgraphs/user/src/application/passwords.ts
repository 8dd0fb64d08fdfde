import type { Password } from '../domain/account'

export abstract class Passwords {
  abstract hash(password: Password): Promise<string>
  /** Takes as long for `null` (no such account) as for a hash, and then returns false. */
  abstract verify(password: Password, hash: string | null): Promise<boolean>
}
