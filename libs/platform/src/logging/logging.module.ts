import type { DynamicModule } from '@nestjs/common'
import { LoggerModule } from 'nestjs-pino'
import type { ServiceEnv } from '../env/service-env'
import { currentRequestId } from './request-context'

/** Structured logs on stdout: one JSON line an event, with the service's name and the request's id, never a secret. */
export function loggingModule(service: string, env: Pick<ServiceEnv, 'LOG_LEVEL'>): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level: env.LOG_LEVEL,
      base: { service },
      mixin: () => {
        const requestId = currentRequestId()
        return requestId === undefined ? {} : { requestId }
      },
      // follow-requests.ts writes the line of a request, from a whitelist: headers and bodies carry tokens, passwords and people's words.
      autoLogging: false,
      serializers: { req: () => undefined, res: () => undefined },
      quietReqLogger: true,
    },
  })
}
