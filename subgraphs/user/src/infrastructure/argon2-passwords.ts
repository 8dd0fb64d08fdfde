import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { Semaphore } from '@parley/platform/service/semaphore'
import { Passwords } from '../application/passwords'
import type { Password } from '../domain/account'

/** OWASP's first choice for argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** libuv has four threads for everything; some are left for files and DNS. About 80 hashes a second on two cores. */
const atOnce = Math.min(availableParallelism(), 3)
const room = {
  places: 200,
  /** Leaves half of the gateway's deadline for the hash and the work after it. */
  patienceMs: 3_000,
  refusal: () =>
    new DomainError('temporary', 'UNAVAILABLE', 'Very many people are signing in just now. Try again in a moment.'),
}

@Injectable()
export class Argon2Passwords extends Passwords {
  readonly #hashing = new Semaphore(atOnce, room)
  /** A hash of no account: verifying against it takes as long as a real one. */
  readonly #dummy = hash(randomBytes(32), argon2Parameters)

  override hash(password: Password): Promise<string> {
    return this.#hashing.run(() => hash(password, argon2Parameters))
  }

  override verify(password: Password, stored: string | null): Promise<boolean> {
    return this.#hashing.run(async () => {
      const matches = await verify(stored ?? (await this.#dummy), password)
      return stored !== null && matches
    })
  }
}
