import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { type CryptoKey, importJWK, type JSONWebKeySet } from 'jose'
import { PublishedKeys } from '../application/published-keys'
import { isPublished, type KeyPeriod, signingKey } from '../domain/signing-key'
import { InjectUserEnv, type UserEnv } from '../env'
import { ensureSigningKey, openPrivateJwk, readKeys, type StoredKey } from './signing-key-store'

/** Shorter than the lead of a new key, so that every instance publishes it well before it signs. */
const freshForMs = 30_000

export interface Signer extends KeyPeriod {
  readonly kid: string
  readonly key: CryptoKey
}

interface Loaded {
  readonly at: number
  readonly stored: readonly StoredKey[]
  readonly signers: readonly Signer[]
}

/** The keys of this subgraph in memory: read again every 30 s, and kept while PostgreSQL is away. */
@Injectable()
export class SigningKeys extends PublishedKeys implements OnModuleInit {
  readonly #logger = new Logger(SigningKeys.name)
  #loaded: Loaded = { at: 0, stored: [], signers: [] }

  constructor(
    @InjectDatabase() private readonly db: Database,
    @InjectUserEnv() private readonly env: UserEnv,
  ) {
    super()
  }

  async onModuleInit(): Promise<void> {
    await ensureSigningKey(this.db, this.env.SIGNING_KEY_SECRET, new Date())
    this.#loaded = await this.#load()
  }

  async signer(at: Date): Promise<Signer> {
    const signer = signingKey((await this.#current()).signers, at)
    if (signer === null) throw new Error('Every signing key is retired')
    return signer
  }

  override async published(at: Date): Promise<JSONWebKeySet> {
    const { stored } = await this.#current()
    return { keys: stored.filter((key) => isPublished(key, at)).map(({ publicJwk }) => publicJwk) }
  }

  async #current(): Promise<Loaded> {
    if (Date.now() - this.#loaded.at < freshForMs) return this.#loaded
    try {
      this.#loaded = await this.#load()
    } catch (error) {
      this.#logger.warn({ err: error }, 'Signing keys cannot be read again; the known ones serve on')
    }
    return this.#loaded
  }

  async #load(): Promise<Loaded> {
    const stored = await readKeys(this.db)
    const signers = await Promise.all(
      stored.map(async (key) => ({
        kid: key.kid,
        notBefore: key.notBefore,
        retiredAt: key.retiredAt,
        key: (await importJWK(openPrivateJwk(this.env.SIGNING_KEY_SECRET, key), 'ES256')) as CryptoKey,
      })),
    )
    return { at: Date.now(), stored, signers }
  }
}
