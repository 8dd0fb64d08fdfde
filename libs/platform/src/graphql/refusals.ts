import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common'
import type { GqlContextType } from '@nestjs/graphql'
import { DomainError } from '@parley/kernel/errors'

/** Nest logs whatever a resolver throws as an error with its stack. A refusal is an answer, no error; errors.ts logs the rest. */
@Catch(DomainError)
export class Refusals implements ExceptionFilter<DomainError> {
  catch(refusal: DomainError, host: ArgumentsHost): DomainError {
    if (host.getType<GqlContextType>() !== 'graphql') throw refusal
    return refusal
  }
}
