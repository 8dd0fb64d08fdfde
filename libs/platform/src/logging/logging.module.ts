import type { DynamicModule } from '@nestjs/common'
import { LoggerModule } from 'nestjs-pino'
import type { LoggerOptions } from 'pino'
import type { ServiceEnv } from '../env/service-env'
import { describeError, withoutValues } from './describe-error'
import { logOutput } from './log-output'
import { currentRequestId } from './request-context'

/** Structured logs on stdout: one JSON line an event, with the service's name and the request's id, never a secret. */
export function loggingModule(service: string, env: Pick<ServiceEnv, 'LOG_LEVEL'>): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      ...pinoOptions(service, env),
      // follow-requests.ts logs requests, from a whitelist: headers and bodies carry tokens, passwords and user data.
      autoLogging: false,
      // Our serializers need the raw value; wrapped ones would get the output of pino's own.
      wrapSerializers: false,
      quietReqLogger: true,
      stream: logOutput(),
    },
  })
}

export const pinoOptions = (service: string, env: Pick<ServiceEnv, 'LOG_LEVEL'>): LoggerOptions => ({
  level: env.LOG_LEVEL,
  base: { service },
  mixin: () => {
    const requestId = currentRequestId()
    return requestId === undefined ? {} : { requestId }
  },
  serializers: { req: () => undefined, res: () => undefined, err: (error: unknown) => describeError(error) },
  hooks: {
    /** Without a message of ours pino logs the error's message unchanged. */
    logMethod(args, method) {
      const [first, ...rest] = args as [unknown, ...unknown[]]
      const message = rest.length === 0 ? messageIn(first) : undefined
      method.apply(this, message === undefined ? args : [first as object, withoutValues(message)])
    },
  },
})

function messageIn(logged: unknown): string | undefined {
  if (typeof logged !== 'object' || logged === null || !('err' in logged)) return undefined
  const { err } = logged
  return typeof err === 'object' && err !== null && 'message' in err ? String(err.message) : undefined
}
