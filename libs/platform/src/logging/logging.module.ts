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
      autoLogging: { ignore: (request) => request.url?.startsWith('/health/') ?? false },
      // Requests are described by whitelist: headers and bodies carry tokens, passwords and people's words.
      serializers: {
        req: (request: { method: string; url: string }) => ({ method: request.method, url: request.url }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
      quietReqLogger: true,
    },
  })
}
