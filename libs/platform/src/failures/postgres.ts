import { codeOf, type DriverOutage, oneOf } from './outage'

const byCode = oneOf<string | number | undefined>(
  [
    'CONNECT_TIMEOUT',
    'CONNECTION_ENDED',
    // cannot_connect_now, too_many_connections, disk_full, out_of_memory, sqlserver_rejected_establishment
    '57P03',
    '53300',
    '53100',
    '53200',
    '08004',
    '08001',
    // query_canceled: the statement took longer than statement_timeout, and is rolled back
    '57014',
    // read_only_sql_transaction: this server is a standby now
    '25006',
  ],
  [
    'CONNECTION_CLOSED',
    'CONNECTION_DESTROYED',
    // admin_shutdown, crash_shutdown, connection_failure, connection_does_not_exist, connection_exception, io_error
    '57P01',
    '57P02',
    '08006',
    '08003',
    '08000',
    '58030',
  ],
)

/** postgres.js by its codes and PostgreSQL by SQLSTATE. Drizzle wraps either as a cause. */
export const postgresOutage: DriverOutage = (error) => byCode(codeOf(error))
