import { Inject } from '@nestjs/common'
import type { ExtractTablesWithRelations } from 'drizzle-orm'
import type { PgTransaction } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase, PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'

export type Database = PostgresJsDatabase
/** Writes take a Transaction and not a Database, so that they commit together. */
export type Transaction = PgTransaction<
  PostgresJsQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>

export const DATABASE = 'parley:database'
export const SQL = 'parley:sql'
export const InjectDatabase = (): ParameterDecorator & PropertyDecorator => Inject(DATABASE)
export const InjectSql = (): ParameterDecorator & PropertyDecorator => Inject(SQL)
export type { Sql }

/** PostgreSQL's unique_violation anywhere in the chain of causes; limited to one constraint if named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === '23505') {
    return constraint === undefined || ('constraint_name' in error && error.constraint_name === constraint)
  }
  return isUniqueViolation(error.cause, constraint)
}
