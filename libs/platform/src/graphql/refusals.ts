import { type ArgumentsHost, Catch, Logger } from '@nestjs/common'
import { BaseExceptionFilter } from '@nestjs/core'
import { GqlArgumentsHost, type GqlContextType } from '@nestjs/graphql'
import { DomainError } from '@parley/kernel/errors'
import type { GraphQLResolveInfo } from 'graphql'
import { outageOf, outcomeUnknown } from '../failures'

/**
 * What a resolver throws is the answer to its field: errors.ts describes and logs it, where Nest would log it once more with its
 * stack. Here alone it is known whether it was a write that an outage left open.
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

/** A returned error fails the field as a thrown one does; anything else would be taken for its value. */
const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
