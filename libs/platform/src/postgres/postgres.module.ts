import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { drizzle } from 'drizzle-orm/postgres-js'
import { DATABASE, SQL, type Sql } from './database'
import { openPostgres } from './open-postgres'

@Module({})
export class PostgresModule implements OnApplicationShutdown {
  constructor(@Inject(SQL) private readonly client: Sql) {}

  static forRoot(env: { POSTGRES_URL: string }): DynamicModule {
    const client = openPostgres(env.POSTGRES_URL)
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
