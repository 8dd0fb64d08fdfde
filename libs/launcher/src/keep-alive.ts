import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Service } from './service.ts'
import type { Stack } from './stack.ts'

const shortestPauseMs = 100
const longestPauseMs = 30_000
/** A process that lived this long did start; the next restart is at once again. */
const startedMs = 20_000

/** Until the signal: what died by itself is started again at once, ever more slowly if it goes on dying; so are engines that hang. */
export async function keepAlive(stack: Stack, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  await Promise.all([
    ...stack.services.map((service) => watch(service, signal, say)),
    stack.engines.keepUp(signal, say),
  ])
  await aborted(signal)
}

async function watch(service: Service, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  let pauseMs = 0
  for (;;) {
    await aborted(AbortSignal.any([signal, service.ended]))
    await pauseUnless(signal, pauseMs)
    if (signal.aborted) return
    say(`${service.label} has stopped by itself and is started again; its log is ${service.logFile}`)
    const begun = performance.now()
    // Its failure is that the process has ended once more, or that it is slow to become ready.
    await service.start().catch(() => undefined)
    await pauseUnless(AbortSignal.any([signal, service.ended]), startedMs)
    const lived = performance.now() - begun
    pauseMs = lived >= startedMs ? 0 : Math.min(Math.max(pauseMs * 2, shortestPauseMs), longestPauseMs)
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

async function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined)
}
