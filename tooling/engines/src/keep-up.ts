/** Watches one part of an installation: restarts it at once when it dies, and kills it first when it hangs. */
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf, within } from './process.ts'

/** An engine or a service. */
export interface Watched {
  readonly label: string
  /** The log file with the reason of its end, if it has one. */
  readonly logFile?: string
  hasEnded(): boolean
  /** One signal for each running process, aborted when it ends. */
  ended(): AbortSignal[]
  /** One check whether it answers; may never settle. */
  answers(): Promise<void>
  kill(): Promise<void>
  /** Restarts ended processes, on the same ports and data, and waits until it is ready. */
  revive(): Promise<void>
}

export interface Patience {
  lookEveryMs: number
  /** The pause after an unanswered check. */
  lookAgainMs: number
  answerWithinMs: number
  /** It hangs after this many unanswered checks in sequence. A busy machine answers late, a hanging process never. */
  misses: number
  /** The pause before the second of several failing restarts; doubled for each further one. */
  restartAfterMs: number
  /** A process that dies sooner after it was ready counts as failed to start. */
  provenAfterMs: number
}

type Looks = Pick<Patience, 'lookEveryMs' | 'lookAgainMs' | 'answerWithinMs' | 'misses'>

/** A hang is detected after 25 to 35 s. Checks cost CPU on both sides, so they are rare while there are answers. */
const patience: Patience = {
  lookEveryMs: 10_000,
  lookAgainMs: 5_000,
  answerWithinMs: 5_000,
  misses: 3,
  restartAfterMs: 100,
  provenAfterMs: 3_000,
}
const longestPauseMs = 30_000

/** Until the signal. */
export async function keepUp(
  part: Watched,
  signal: AbortSignal,
  say: (line: string) => void,
  { restartAfterMs, provenAfterMs, ...looks }: Patience = patience,
): Promise<void> {
  let pauseMs = 0
  /** Null after a failure. */
  let readySince: number | null = null
  for (;;) {
    const fault = await untilFault(part, signal, looks)
    if (fault === null) return
    if (readySince !== null && performance.now() - readySince >= provenAfterMs) pauseMs = 0
    const hasWaited = await pause(pauseMs, true, { signal }).catch(() => false)
    if (!hasWaited) return
    pauseMs = Math.min(Math.max(pauseMs * 2, restartAfterMs), longestPauseMs)
    say(
      `${part.label} ${fault} and is started again${part.logFile === undefined ? '' : `; its log is ${part.logFile}`}`,
    )
    try {
      if (fault === hangs) await part.kill()
      await part.revive()
      readySince = performance.now()
      say(`${part.label} is back`)
    } catch (error) {
      if (signal.aborted) return
      readySince = null
      say(`${part.label} could not be started: ${messageOf(error)}`)
    }
  }
}

const hasDied = 'has stopped by itself'
const hangs = 'no longer answers'

/** Null when the signal came first. */
async function untilFault(
  part: Watched,
  signal: AbortSignal,
  { lookEveryMs, lookAgainMs, answerWithinMs, misses }: Looks,
): Promise<typeof hasDied | typeof hangs | null> {
  let missed = 0
  while (!signal.aborted) {
    if (part.hasEnded()) return hasDied
    const interrupted = AbortSignal.any([signal, ...part.ended()])
    const pauseMs = missed === 0 ? lookEveryMs : lookAgainMs
    await pause(pauseMs, undefined, { signal: interrupted }).catch(() => undefined)
    if (interrupted.aborted) continue
    const answers = await within(answerWithinMs, part.answers()).then(
      () => true,
      () => false,
    )
    missed = answers ? 0 : missed + 1
    if (missed === misses && !part.hasEnded()) return hangs
  }
  return null
}
