import type { LoggerOptions } from 'pino'
import type { ServiceEnv } from '../env/service-env'
import { describeError, withoutValues } from './describe-error'
import { currentRequestId } from './request-context'

export const pinoOptions = (
  service: string,
  env: Pick<ServiceEnv, 'LOG_LEVEL'>,
  also: Readonly<Record<string, unknown>> = {},
): LoggerOptions => ({
  level: env.LOG_LEVEL,
  base: { service, ...also },
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
