import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Type } from '@nestjs/common'
import { Command, Query } from '@nestjs/cqrs'

const folder = join(__dirname, '..', 'application')

const isRequest = (value: unknown): value is Type =>
  typeof value === 'function' && (value.prototype instanceof Command || value.prototype instanceof Query)

/** Every command and query class that a file of application/ exports, whether anybody handles it or not. */
export function useCaseClasses(load: (file: string) => Record<string, unknown>): readonly Type[] {
  const files = readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file))
  return files.flatMap((file) => Object.values(load(join(folder, file))).filter(isRequest))
}

export const handledBy = (handler: Type): unknown =>
  Reflect.getMetadata('__commandHandler__', handler) ?? Reflect.getMetadata('__queryHandler__', handler)
