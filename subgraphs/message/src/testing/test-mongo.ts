import { membershipDocuments } from '@parley/memberships/membership-documents'
import { testMongo as databaseOf, type TestMongo } from '@parley/platform/mongo/testing/test-mongo'
import { documents } from '../infrastructure/documents'

export type { TestMongo }

/** A database of a test's own on the real server, migrated as this subgraph's is. */
export const testMongo = (): Promise<TestMongo> => databaseOf('message', [...documents, ...membershipDocuments])
