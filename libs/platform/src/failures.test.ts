import { DomainError } from '@parley/kernel/errors'
import { DrizzleQueryError } from 'drizzle-orm'
import {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
  KafkaJSRequestTimeoutError,
} from 'kafkajs'
import mongoose from 'mongoose'
import postgres from 'postgres'
import { isOutage, outageOf } from './failures'

const { MongoBulkWriteError, MongoNetworkError, MongoServerError, MongoWriteConcernError } = mongoose.mongo

const system = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
const ofPostgres = (code: string): Error => Object.assign(new postgres.PostgresError(code), { code })
const bulkResult = { insertedCount: 0 } as ConstructorParameters<typeof MongoBulkWriteError>[1]
const ofBulk = (cause: ConstructorParameters<typeof MongoBulkWriteError>[0]): Error =>
  new MongoBulkWriteError(cause, bulkResult)
const ofRedis = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' })
const ofKafka = (type: string, retriable: boolean): Error =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, code: 1, retriable }))

/** A defect of a driver with a lost connection: its stack starts in the driver's own folder. */
function driverBug(message: string, folder: string): TypeError {
  const error = new TypeError(message)
  error.stack = `TypeError: ${message}\n    at nextWrite (/srv/${folder}/src/connection.js:255:22)\n    at ours.ts:1:1`
  return error
}

describe('outageOf', () => {
  it.each<[string, unknown]>([
    ['a refused connection', system('ECONNREFUSED', 'connect')],
    ['a connection that timed out', system('ETIMEDOUT', 'connect')],
    [
      'every address refused',
      new AggregateError([system('ECONNREFUSED', 'connect'), system('ENETUNREACH', 'connect')]),
    ],
    ['a PostgreSQL that starts', ofPostgres('57P03')],
    ['a PostgreSQL without a free connection, through drizzle', new DrizzleQueryError('q', [], ofPostgres('53300'))],
    ['a statement that took too long', ofPostgres('57014')],
    ['a MongoDB that is no primary', new MongoServerError({ message: 'not primary', code: 10_107 })],
    ['the same within a bulk write', ofBulk({ message: 'not primary', code: 10_107, writeErrors: [] })],
    ['Kafka refused', new KafkaJSConnectionError('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
    ['a neighbour that is away', new DomainError('temporary', 'UNAVAILABLE', 'Away.')],
  ])('takes %s for an outage in which nothing was done', (_, error) => expect(outageOf(error)).toBe('refused'))

  it.each<[string, unknown]>([
    ['a reset connection', system('ECONNRESET', 'read')],
    [
      'one address refused, one reset',
      new AggregateError([system('ECONNREFUSED', 'connect'), system('EPIPE', 'write')]),
    ],
    ['a connection that postgres.js lost', Object.assign(new Error('write'), { code: 'CONNECTION_CLOSED' })],
    ['a PostgreSQL that shuts down', new DrizzleQueryError('q', [], ofPostgres('57P01'))],
    ['a connection that the MongoDB driver lost', new MongoNetworkError('closed')],
    ['the same within a bulk write', ofBulk(new MongoNetworkError('read ECONNRESET'))],
    [
      'a write that the majority has not confirmed',
      new MongoWriteConcernError({ ok: 1, writeConcernError: { code: 64, errmsg: 'waiting timed out' } }),
    ],
    ['a MongoDB interrupted at shutdown', new MongoServerError({ message: 'interrupted', code: 11_600 })],
    ['a cluster that is down', ofRedis('CLUSTERDOWN The cluster is down')],
    ['a Redis that loads', ofRedis('LOADING Redis is loading the dataset in memory')],
    ['a Redis that is a replica now', ofRedis("READONLY You can't write against a read only replica.")],
    ['a lost connection of ioredis', new Error('Connection is closed.')],
    ['too many redirections', new Error('Too many Cluster redirections. Last error: ReplyError: MOVED 1 127.0.0.1:1')],
    ['a Kafka that does not answer', new KafkaJSRequestTimeoutError('Request timed out')],
    ['a partition without a leader', ofKafka('LEADER_NOT_AVAILABLE', true)],
    [
      'a refused connection after earlier attempts of unknown outcome',
      new KafkaJSNumberOfRetriesExceeded(new KafkaJSConnectionError('x', { code: 'ECONNREFUSED' }), {
        retryCount: 2,
        retryTime: 400,
      }),
    ],
    [
      'postgres.js at its own lost socket',
      driverBug("Cannot read properties of null (reading 'write')", 'node_modules/postgres'),
    ],
    [
      'the same within kafkajs',
      Object.assign(new KafkaJSNonRetriableError('x'), {
        cause: driverBug("Cannot read properties of null (reading 'x')", 'node_modules/kafkajs'),
      }),
    ],
    ['a write of a neighbour whose outcome is not known', new DomainError('unknown', 'OUTCOME_UNKNOWN', 'Maybe.')],
  ])('takes %s for an outage whose outcome is open', (_, error) => expect(outageOf(error)).toBe('open'))

  it.each<[string, unknown]>([
    ['a duplicate row', new DrizzleQueryError('q', [], ofPostgres('23505'))],
    ['a wrong password', ofPostgres('28P01')],
    ['a duplicate document', new MongoServerError({ message: 'E11000', code: 11_000 })],
    ['a duplicate document within a bulk write', ofBulk({ message: 'E11000', code: 11_000, writeErrors: [] })],
    ['a command against the wrong kind of key', ofRedis('WRONGTYPE Operation against a key')],
    ['a record that is too large', ofKafka('MESSAGE_TOO_LARGE', false)],
    ['a TypeError of ours', driverBug("Cannot read properties of null (reading 'write')", 'subgraphs/user')],
    [
      'an argument of ours that a driver trips over',
      driverBug('Cannot read properties of undefined', 'node_modules/mongodb'),
    ],
    ['a refusal', new DomainError('auth', 'FORBIDDEN', 'No.')],
    ['an outage beside a defect', new AggregateError([system('ECONNREFUSED', 'connect'), new Error('Ours')])],
    ['what is no error', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('does not take %s for an outage', (_, error) => expect(isOutage(error)).toBe(false))

  it('terminates for an error that is its own cause', () => {
    const error = new Error('Round and round')
    error.cause = error
    expect(outageOf(error)).toBeNull()
  })
})
