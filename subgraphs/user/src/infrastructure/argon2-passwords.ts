import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { Injectable } from '@nestjs/common'
import { Passwords } from '../application/passwords'
import type { Password } from '../domain/account'
import { Bounded } from './bounded'

/** OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** libuv has four threads for everything; some stay free for files and names. About 80 hashes a second on two cores. */
const atOnce = Math.min(availableParallelism(), 3)
const places = 200
/** Leaves half of the gateway's deadline for the hash and for what comes after it. */
const patienceMs = 3_000

@Injectable()
export class Argon2Passwords extends Passwords {
  readonly #bounded = new Bounded(atOnce, places, patienceMs)
  /** Nobody's: verifying against it costs what a real one costs. */
  readonly #dummy = hash(randomBytes(32), argon2Parameters)

  override hash(password: Password): Promise<string> {
    return this.#bounded.run(() => hash(password, argon2Parameters))
  }

  override verify(password: Password, stored: string | null): Promise<boolean> {
    return this.#bounded.run(async () => {
      const matches = await verify(stored ?? (await this.#dummy), password)
      return stored !== null && matches
    })
  }
}
