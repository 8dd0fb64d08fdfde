import { setTimeout as pause } from 'node:timers/promises'
import type { Service } from './service.ts'
import type { Stack } from './stack.ts'

const lookMs = 1_000
const longestPauseMs = 30_000

/** Until the signal: a service that died by itself is started again, ever more slowly if it goes on dying. */
export async function keepAlive(stack: Stack, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  await Promise.all(stack.services.map((service) => watch(service, signal, say)))
}

async function watch(service: Service, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  let pauseMs = lookMs
  while (!signal.aborted) {
    await pause(pauseMs, undefined, { signal }).catch(() => undefined)
    if (hasEnded(signal) || service.identity !== null) {
      pauseMs = lookMs
      continue
    }
    say(`${service.label} has stopped by itself and is started again; its log is ${service.logFile}`)
    const up = await service.start().then(
      () => true,
      () => false,
    )
    pauseMs = up ? lookMs : Math.min(pauseMs * 2, longestPauseMs)
  }
}

/** Asked anew: the compiler takes a signal that was not aborted before a pause for one that is not after it. */
const hasEnded = (signal: AbortSignal): boolean => signal.aborted
