import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import mongoose, { type Connection } from 'mongoose'

/**
 * Durable before acknowledged, and an engine that is down causes an error instead of a queue. Without the driver's
 * retries, for which the default engine scans on every write: docs/decisions/0011-writes-without-driver-retries.md
 * lists why each write can do without. A retry would not show either whether the first attempt was applied.
 */
export const mongoOptions = {
  retryWrites: false,
  w: 'majority',
  journal: true,
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  // The driver's monitor detects a server that hangs after connectTimeoutMS; pending commands then fail.
  heartbeatFrequencyMS: 2_000,
  socketTimeoutMS: 10_000,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
} as const

/** An engine that is busy with bulk work answers late, also to the driver's monitor. */
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
 * A connection that may not be established yet: until it is, every command fails at once. Before the first connection
 * the driver tries twice a second; later it reconnects by itself.
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

/** Works also during the first connection attempt, for which mongoose alone would wait. */
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

/** Bulk work in the background, on a connection of its own. */
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
