import type { DynamicModule } from '@nestjs/common'
import { LoggerModule } from 'nestjs-pino'
import type { ServiceEnv } from '../env/service-env'
import { logOutput } from './log-output'
import { pinoOptions } from './pino-options'

/**
 * Structured logs on stdout: one JSON line an event, with the service's name, what `also` has, and the request's id,
 * never a secret.
 */
export function loggingModule(
  service: string,
  env: Pick<ServiceEnv, 'LOG_LEVEL'>,
  also: Readonly<Record<string, unknown>> = {},
): DynamicModule {
  return LoggerModule.forRoot({
    // No logger of its own for each request: the request id comes from the request's context.
    forRoutes: [],
    pinoHttp: {
      ...pinoOptions(service, env, also),
      // follow-requests.ts logs requests, from a whitelist: headers and bodies carry tokens, passwords and user data.
      autoLogging: false,
      // Our serializers need the raw value; wrapped ones would get the output of pino's own.
      wrapSerializers: false,
      quietReqLogger: true,
      stream: logOutput(),
    },
  })
}
