import { join } from 'node:path'
import { testDatabase } from '@parley/platform/postgres/testing/test-database'

/** A database of a test's own, migrated as this subgraph's is. */
export const testPostgres = () => testDatabase(join(__dirname, '..', '..', 'migrations'))
