import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { DATABASE, SQL, type Sql } from './database'

@Module({})
export class PostgresModule implements OnApplicationShutdown {
  constructor(@Inject(SQL) private readonly client: Sql) {}

  static forRoot(env: { POSTGRES_URL: string }): DynamicModule {
    const client = postgres(env.POSTGRES_URL, {
      max: 10,
      connect_timeout: 5,
      idle_timeout: 60,
      // A server that hangs must become an error before the gateway's own patience ends.
      connection: { statement_timeout: 10_000 },
      onnotice: () => undefined,
    })
    return {
      module: PostgresModule,
      global: true,
      providers: [
        { provide: SQL, useValue: client },
        { provide: DATABASE, useValue: drizzle(client) },
      ],
      exports: [SQL, DATABASE],
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.end({ timeout: 5 })
  }
}
