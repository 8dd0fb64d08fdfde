import { join } from 'node:path'
import { parseEnv } from '@parley/platform/env/parse-env'
import { postgresEnv } from '@parley/platform/env/service-env'
import { migratePostgres } from '@parley/platform/postgres/migrate'

const { POSTGRES_URL } = parseEnv(postgresEnv)

void migratePostgres(POSTGRES_URL, join(__dirname, '..', 'migrations'))
