import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import mongoose, { type Connection } from 'mongoose'

/**
 * Durable before acknowledged, and an engine that is away becomes an error instead of a queue. Without retries by the driver,
 * which the default engine pays for with a scan on every write: docs/decisions/0011-writes-without-driver-retries.md lists why
 * each write bears it. Nor would a retry tell whether the first attempt was taken.
 */
export const mongoOptions = {
  retryWrites: false,
  w: 'majority',
  journal: true,
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  // The monitor's own question finds a server that hangs, after connectTimeoutMS; what was under way then fails with it.
  heartbeatFrequencyMS: 2_000,
  socketTimeoutMS: 10_000,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
} as const

/** An engine that is busy with bulk work answers late, also its own monitor. */
const bulkOptions = {
  ...mongoOptions,
  connectTimeoutMS: 60_000,
  serverSelectionTimeoutMS: 60_000,
  socketTimeoutMS: 300_000,
} as const

const logger = new Logger('Mongo')
const retryMs = 500
const closed = new WeakSet<Connection>()

/**
 * A connection that need not stand yet: until it does, every command fails at once. While it tries, the driver looks for the
 * server twice a second; once connected it reconnects by itself.
 */
export function openMongo(url: string, database: string): Connection {
  const connection = mongoose.createConnection()
  void connect(connection, url, database)
  return connection
}

/** mongoose tries its first connection once only. */
async function connect(connection: Connection, url: string, database: string): Promise<void> {
  while (!closed.has(connection)) {
    try {
      await connection.openUri(url, { ...mongoOptions, dbName: database })
      return
    } catch (error) {
      logger.warn({ err: error }, 'MongoDB does not answer')
      await delay(retryMs, undefined, { ref: false })
    }
  }
}

/** Also while the first connection is still being tried, which mongoose alone would wait for. */
export async function closeMongo(connection: Connection): Promise<void> {
  closed.add(connection)
  if (connection.readyState === mongoose.ConnectionStates.connecting) await connection.getClient().close()
  else await connection.close()
}

/** Rejects while MongoDB does not answer. */
export async function pingMongo({ db }: Connection): Promise<void> {
  if (db === undefined) throw new Error('MongoDB has not answered yet')
  await db.command({ ping: 1 })
}

/** Bulk work that nobody waits for, on a connection of its own. */
export async function workInBulk(
  { MONGO_URL, MONGO_DATABASE }: { readonly MONGO_URL: string; readonly MONGO_DATABASE: string },
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await mongoose.createConnection(MONGO_URL, { ...bulkOptions, dbName: MONGO_DATABASE }).asPromise()
  try {
    await work(connection)
  } finally {
    await connection.close()
  }
}
