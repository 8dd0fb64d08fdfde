import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type Provider, type Type } from '@nestjs/common'
import { getModelForClass, type ReturnModelType } from '@typegoose/typegoose'
import mongoose, { type Connection } from 'mongoose'

export const MONGO = 'parley:mongo'
export const InjectMongo = (): ParameterDecorator & PropertyDecorator => Inject(MONGO)
export type { Connection }

/** Durable before acknowledged, and an engine that is away becomes an error instead of a queue. */
export const mongoOptions = {
  w: 'majority',
  journal: true,
  serverSelectionTimeoutMS: 3_000,
  socketTimeoutMS: 15_000,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
} as const

@Module({})
export class MongoModule implements OnApplicationShutdown {
  constructor(@InjectMongo() private readonly connection: Connection) {}

  /** Boot fails when the server cannot be reached; whoever runs the service starts it again. */
  static forRoot(env: { MONGO_URL: string; MONGO_DATABASE: string }): DynamicModule {
    return {
      module: MongoModule,
      global: true,
      providers: [
        {
          provide: MONGO,
          useFactory: () => mongoose.createConnection(env.MONGO_URL, { ...mongoOptions, dbName: env.MONGO_DATABASE }).asPromise(),
        },
      ],
      exports: [MONGO],
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close()
  }
}

/** A Typegoose model on the subgraph's own connection, injected by `@InjectModel(Class)`. */
export const mongoModel = (model: Type): Provider => ({
  provide: modelToken(model),
  inject: [MONGO],
  useFactory: (connection: Connection) => getModelForClass(model, { existingConnection: connection }),
})

export const InjectModel = (model: Type): ParameterDecorator & PropertyDecorator => Inject(modelToken(model))
export type Model<Document extends abstract new (...args: never[]) => unknown> = ReturnModelType<
  Document & (new (...args: never[]) => unknown)
>

const modelToken = (model: Type): string => `parley:model:${model.name}`

/** Creates the collections and indexes of the models; part of a subgraph's migration. */
export async function migrateMongo(url: string, database: string, models: readonly Type[]): Promise<void> {
  const connection = await mongoose.createConnection(url, { ...mongoOptions, dbName: database }).asPromise()
  try {
    for (const model of models) await getModelForClass(model, { existingConnection: connection }).createIndexes()
  } finally {
    await connection.close()
  }
}

/** The duplicate-key error of MongoDB (E11000), alone or as part of a bulk write. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 11_000
