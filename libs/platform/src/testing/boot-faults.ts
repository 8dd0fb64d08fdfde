import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { INestApplication, Type } from '@nestjs/common'
import { Command, Query } from '@nestjs/cqrs'

export interface UseCases {
  /** The folder with one file per use case: application/ of a subgraph. */
  readonly folder: string
  /** The lists of use-cases.ts. */
  readonly handlers: readonly Type[]
  /** `(file) => jest.requireActual(file)`: the same module instances that the application has loaded. */
  readonly load: (file: string) => object
}

/**
 * Faults in the use cases of a running subgraph: commands and queries without a handler, handlers of a class that is
 * not exported, and handlers that the module does not provide.
 */
export function bootFaults(app: INestApplication, { folder, handlers, load }: UseCases): readonly string[] {
  const files = readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file))
  const requests = new Set(files.flatMap((file) => Object.values(load(join(folder, file))).filter(isRequest)))
  const handled = new Set(handlers.map(handledBy))
  return [
    ...[...requests].filter((request) => !handled.has(request)).map(({ name }) => `${name} has no handler`),
    ...handlers
      .filter((handler) => !requests.has(handledBy(handler) as Type))
      .map(({ name }) => `${name} handles nothing that ${folder} exports`),
    ...handlers.filter((handler) => !isProvided(app, handler)).map(({ name }) => `${name} is not in the module`),
  ]
}

const isRequest = (value: unknown): value is Type =>
  typeof value === 'function' && (value.prototype instanceof Command || value.prototype instanceof Query)

const handledBy = (handler: Type): unknown =>
  Reflect.getMetadata('__commandHandler__', handler) ?? Reflect.getMetadata('__queryHandler__', handler)

function isProvided(app: INestApplication, handler: Type): boolean {
  try {
    return app.get<unknown>(handler, { strict: false }) instanceof handler
  } catch {
    return false
  }
}
