import { type ArgumentsHost, Catch, Logger } from '@nestjs/common'
import { BaseExceptionFilter } from '@nestjs/core'
import { GqlArgumentsHost, type GqlContextType } from '@nestjs/graphql'
import { DomainError } from '@parley/kernel/errors'
import type { GraphQLResolveInfo } from 'graphql'
import { outageOf, outcomeUnknown } from '../failures'

/**
 * Returns a resolver's exception as the error of its field: errors.ts shapes and logs it, and Nest would log it again
 * with its stack. Only here is it known whether an outage left a write open.
 */
@Catch()
export class Refusals extends BaseExceptionFilter {
  readonly #logger = new Logger(Refusals.name)

  override catch(thrown: unknown, host: ArgumentsHost): unknown {
    if (host.getType<GqlContextType>() !== 'graphql') {
      super.catch(thrown, host)
      return undefined
    }
    const isOpen = !(thrown instanceof DomainError) && outageOf(thrown) === 'open'
    if (!isOpen || !isWrite(GqlArgumentsHost.create(host).getInfo<GraphQLResolveInfo>())) return asError(thrown)
    this.#logger.warn({ err: thrown }, 'An engine left open whether a write was done')
    return outcomeUnknown(thrown)
  }
}

/** Fields below a mutation's own only read. */
const isWrite = ({ parentType, schema }: GraphQLResolveInfo): boolean => parentType === schema.getMutationType()

/** A returned Error fails the field as a thrown one does; any other value would be taken as the result. */
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
