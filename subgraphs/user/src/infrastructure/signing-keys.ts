import { Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { isOutage } from '@parley/platform/failures'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { type CryptoKey, importJWK, type JSONWebKeySet } from 'jose'
import { PublishedKeys } from '../application/published-keys'
import { isPublished, type KeyPeriod, signingKey } from '../domain/signing-key'
import { InjectUserEnv, type UserEnv } from '../env'
import { ensureSigningKey, openPrivateJwk, readKeys, type StoredKey } from './signing-key-store'

/** Shorter than the lead time of a new key, so that every instance publishes it well before it signs. */
const freshForMs = 30_000

export interface Signer extends KeyPeriod {
  readonly kid: string
  readonly key: CryptoKey
}

interface Loaded {
  /** Of `performance.now()`. */
  readonly at: number
  readonly stored: readonly StoredKey[]
  readonly signers: readonly Signer[]
}

/**
 * The keys of this subgraph in memory: created or read as soon as PostgreSQL answers, read again every 30 s in the
 * background, and kept while it is down. Until the first read, callers get UNAVAILABLE.
 */
@Injectable()
export class SigningKeys extends PublishedKeys implements OnModuleInit {
  readonly #logger = new Logger(SigningKeys.name)
  #loaded: Loaded | null = null
  #loading: Promise<Loaded> | null = null

  constructor(
    @InjectDatabase() private readonly db: Database,
    @InjectUserEnv() private readonly env: UserEnv,
  ) {
    super()
  }

  /** A wrong secret stops the start; an engine that is down does not. */
  async onModuleInit(): Promise<void> {
    try {
      await this.#load()
    } catch (error) {
      if (!isOutage(error)) throw error
      this.#logger.warn({ err: error }, 'The signing keys cannot be read yet')
    }
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
    if (this.#loaded === null) return this.#load()
    if (performance.now() - this.#loaded.at >= freshForMs) {
      this.#load().catch((error: unknown) =>
        this.#logger.warn({ err: error }, 'Signing keys cannot be read again; the known ones serve on'),
      )
    }
    return this.#loaded
  }

  /** One read at a time, shared by all callers. */
  #load(): Promise<Loaded> {
    this.#loading ??= this.#read().finally(() => (this.#loading = null))
    return this.#loading
  }

  async #read(): Promise<Loaded> {
    const secret = this.env.SIGNING_KEY_SECRET
    if (this.#loaded === null) await ensureSigningKey(this.db, secret, new Date())
    const stored = await readKeys(this.db)
    const signers = await Promise.all(
      stored.map(async (key) => ({
        kid: key.kid,
        notBefore: key.notBefore,
        retiredAt: key.retiredAt,
        key: (await importJWK(openPrivateJwk(secret, key), 'ES256')) as CryptoKey,
      })),
    )
    this.#loaded = { at: performance.now(), stored, signers }
    return this.#loaded
  }
}
