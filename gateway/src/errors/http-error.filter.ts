import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { FastifyReply } from 'fastify'
import { limits } from '../limits'
import { refuse } from './refuse'

/** What fails before GraphQL sees a request (its body, above all) is answered in the same shape as what fails in it. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    if (reply.sent) return
    const status = exception instanceof HttpException ? exception.getStatus() : 500
    if (reply.request.socket.destroyed) {
      // A body that never ended, for one: nobody is left to read an answer, and the line in the log has the status.
      void reply.code(status)
      return
    }
    // Health answers with the names of what is missing; that is its own shape.
    if (exception instanceof HttpException && status === 503) {
      void reply.code(status).send(exception.getResponse())
      return
    }
    refuse(reply, status, domainErrorOf(status) ?? exception)
  }
}

function domainErrorOf(status: number): DomainError | undefined {
  const made = (code: string, message: string) => new DomainError(status === 404 ? 'state' : 'input', code, message)
  if (status === 413) return made('PAYLOAD_TOO_LARGE', `A request may have at most ${limits.bodyBytes / 1024} KB.`)
  if (status === 415) return made('INVALID_INPUT', 'Send the operation as application/json.')
  if (status === 404) return made('NOT_FOUND', 'There is nothing at this address.')
  if (status >= 400 && status < 500) return made('INVALID_INPUT', 'The body is not valid JSON.')
  return undefined
}
