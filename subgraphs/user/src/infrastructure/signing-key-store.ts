import type { Database, Transaction } from '@parley/platform/postgres/database'
import { isNull, ne, and, sql } from 'drizzle-orm'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { type KeyPeriod, signingKey } from '../domain/signing-key'
import { signingKeys } from './schema'
import { seal, unseal } from './sealed-text'

export interface StoredKey extends KeyPeriod {
  readonly kid: string
  readonly publicJwk: JWK
  readonly sealedPrivateJwk: string
}

/** All verifiers have read the new key by then, and clocks differ by less. */
const leadMs = 5 * 60_000
/** Longer than any access token is valid. */
const overlapMs = 2 * 3_600_000

export const readKeys = (db: Database | Transaction): Promise<StoredKey[]> => db.select().from(signingKeys)

/** Creates the first key. Any number of instances may start at once: one creates it, the others find it. */
export async function ensureSigningKey(db: Database, secret: Buffer, at: Date): Promise<void> {
  await exclusively(db, async (tx) => {
    // The first key signs from the epoch on: no older key is trusted, and the clock of an instance that waited here may
    // be behind.
    if (signingKey(await readKeys(tx), at) === null) await addKey(tx, secret, new Date(0))
  })
}

/**
 * Publishes a new key that signs from five minutes on; the others stay published until all their tokens have expired.
 */
export async function rotateSigningKey(db: Database, secret: Buffer, at: Date): Promise<string> {
  return exclusively(db, async (tx) => {
    const notBefore = new Date(at.getTime() + leadMs)
    const kid = await addKey(tx, secret, notBefore)
    await tx
      .update(signingKeys)
      .set({ retiredAt: new Date(notBefore.getTime() + overlapMs) })
      .where(and(ne(signingKeys.kid, kid), isNull(signingKeys.retiredAt)))
    return kid
  })
}

export function openPrivateJwk(secret: Buffer, { kid, sealedPrivateJwk }: StoredKey): JWK {
  try {
    return JSON.parse(unseal(secret, kid, sealedPrivateJwk)) as JWK
  } catch (error) {
    throw new Error(`The signing key ${kid} does not open: SIGNING_KEY_SECRET is not the one it was made with`, {
      cause: error,
    })
  }
}

function exclusively<Result>(db: Database, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley:signing-keys'))`)
    return work(tx)
  })
}

async function addKey(tx: Transaction, secret: Buffer, notBefore: Date): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  await tx.insert(signingKeys).values({
    kid,
    publicJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' },
    sealedPrivateJwk: seal(secret, kid, JSON.stringify(await exportJWK(privateKey))),
    notBefore,
  })
  return kid
}
