import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common'
import { buildSchema, type ReturnModelType } from '@typegoose/typegoose'
import mongoose, { type Connection, type mongo } from 'mongoose'
import { closeMongo, mongoOptions, openMongo } from './open-mongo'

export const MONGO = 'parley:mongo'
export const InjectMongo = (): ParameterDecorator & PropertyDecorator => Inject(MONGO)
export type { Connection }
export type Filter<Document> = mongo.Filter<Document>

@Module({})
export class MongoModule implements OnApplicationShutdown {
  constructor(@InjectMongo() private readonly connection: Connection) {}

  /** The service starts whether MongoDB answers or not. */
  static forRoot(env: { MONGO_URL: string; MONGO_DATABASE: string }): DynamicModule {
    return {
      module: MongoModule,
      global: true,
      providers: [{ provide: MONGO, useFactory: () => openMongo(env.MONGO_URL, env.MONGO_DATABASE) }],
      exports: [MONGO],
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await closeMongo(this.connection)
  }
}

/** A Typegoose model on the subgraph's own connection, injected by `@InjectModel(Class)`. */
export const mongoModel = (model: new () => object): Provider => ({
  provide: modelToken(model),
  inject: [MONGO],
  useFactory: (connection: Connection) => modelOn(connection, model),
})

export const InjectModel = (model: Type): ParameterDecorator & PropertyDecorator => Inject(modelToken(model))
export type Model<Document extends new () => object> = ReturnModelType<Document>

/** Typegoose registers each class once per process, on its first connection; this registers it once per connection. */
export const modelOn = <Document extends new () => object>(connection: Connection, model: Document): Model<Document> =>
  (connection.models[model.name] ?? connection.model(model.name, buildSchema(model))) as unknown as Model<Document>

const indexNotFound = 27

const modelToken = (model: Type): string => `parley:model:${model.name}`

/** Names of indexes that no release uses any more, by collection. */
export type FormerIndexes = Readonly<Record<string, readonly string[]>>

/**
 * Creates the collections and indexes of the models, and then drops those that these replace; part of a subgraph's
 * migration.
 */
export async function migrateMongo(
  url: string,
  database: string,
  models: readonly (new () => object)[],
  former: FormerIndexes = {},
): Promise<void> {
  const connection = await mongoose.createConnection(url, { ...mongoOptions, dbName: database }).asPromise()
  try {
    for (const model of models) await modelOn(connection, model).createIndexes()
    for (const [collection, names] of Object.entries(former))
      for (const name of names) await dropIndex(connection, collection, name)
  } finally {
    await connection.close()
  }
}

async function dropIndex(connection: Connection, collection: string, name: string): Promise<void> {
  try {
    await connection.collection(collection).dropIndex(name)
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || error.code !== indexNotFound) throw error
  }
}

/**
 * The driver's own collection behind a model, for bulk writes and for reads that happen all the time, for which
 * mongoose's query takes as long as the driver itself. Our ids are strings, which mongoose's type does not allow. It
 * casts nothing: filters must be of values whose type is known.
 */
export const collectionOf = <Document extends new () => { _id: string }>(model: Model<Document>) =>
  model.collection as unknown as mongo.Collection<InstanceType<Document>>

/** The duplicate-key error of MongoDB (E11000), alone or as part of a bulk write. */
export const isDuplicateKey = (error: unknown): error is Error & { code: 11_000; insertedCount?: number } =>
  error instanceof Error && 'code' in error && error.code === 11_000

/** The positions of the operations that met an existing document; null when anything else went wrong. */
export function duplicatesOf(error: unknown): ReadonlySet<number> | null {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return null
  const failed = [error.writeErrors].flat()
  return failed.length > 0 && failed.every(({ code }) => code === 11_000)
    ? new Set(failed.map(({ index }) => index))
    : null
}
