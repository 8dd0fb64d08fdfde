import { mongoOptions } from '@parley/platform/mongo/open-mongo'
import { proxiedUrl } from '@parley/platform/testing/proxied-engines'
import mongoose, { type mongo } from 'mongoose'
import { logParts, silentProducer } from './log-parts'
import type { TestMongo } from './test-mongo'
import { type Company, useCasesOn } from './use-cases'

/** Nothing passes the proxy but the commands of a test: what is cut or swallowed is known. */
const quiet = { serverMonitoringMode: 'poll', heartbeatFrequencyMS: 60_000, monitorCommands: true } as const

/** The use cases of a process with a connection of its own to the engine, which can be cut on its way. */
export async function startProcess({ url, database: dbName }: TestMongo, company: Company) {
  const { proxy, url: proxied } = await proxiedUrl(url)
  const connection = await mongoose.createConnection(proxied, { ...mongoOptions, ...quiet, dbName }).asPromise()
  const useCases = useCasesOn(logParts(connection, { producer: silentProducer() }), company)
  /** At its next insert into the log. */
  const failAtInsert = (lost: 'request' | 'answer') => {
    const cut = ({ command }: mongo.CommandStartedEvent) => {
      if (command['insert'] !== useCases.events.collection.collectionName) return
      connection.getClient().off('commandStarted', cut)
      if (lost === 'request') proxy.cutRequest()
      else proxy.cutAnswer()
    }
    connection.getClient().on('commandStarted', cut)
  }
  const stop = async () => {
    await proxy.pass()
    await useCases.publication.onModuleDestroy()
    await connection.close(true)
    await proxy.close()
  }
  return { ...useCases, proxy, failAtInsert, stop }
}

export type TestProcess = Awaited<ReturnType<typeof startProcess>>
