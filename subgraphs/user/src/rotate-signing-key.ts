import { parseEnv } from '@parley/platform/env/parse-env'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { keyEnv } from './env'
import { rotateSigningKey } from './infrastructure/signing-key-store'

/** `node dist/rotate-signing-key.js`: a new key signs from five minutes on; no session ends. */
async function run(): Promise<void> {
  const env = parseEnv(keyEnv)
  const client = postgres(env.POSTGRES_URL, { max: 1 })
  try {
    const kid = await rotateSigningKey(drizzle(client), env.SIGNING_KEY_SECRET, new Date())
    process.stdout.write(`The key ${kid} signs in five minutes\n`)
  } finally {
    await client.end()
  }
}

void run()
