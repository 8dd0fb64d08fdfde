import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { FastifyReply } from 'fastify'
import { limits } from '../limits'
import { refuse } from './refuse'

/** Failures before GraphQL sees a request (mostly of its body) are answered in the same shape as GraphQL errors. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    if (reply.sent) return
    const status = exception instanceof HttpException ? exception.getStatus() : 500
    if (reply.request.socket.destroyed) {
      // For instance a body that was never completed: the connection is closed, so only the log needs the status.
      void reply.code(status)
      return
    }
    // Health responses list what is unavailable and have their own shape.
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
