/** Watches one part of an installation: what has died is started again at once, what hangs is killed first. */
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf, within } from './process.ts'

/** An engine or a service. */
export interface Watched {
  readonly label: string
  /** Where it says why it died, when it keeps one log. */
  readonly logFile?: string
  hasEnded(): boolean
  /** One signal for each process that runs now, aborted when it ends. */
  ended(): AbortSignal[]
  /** One look whether it hangs; may never settle. */
  answers(): Promise<void>
  kill(): Promise<void>
  /** Starts what has ended, on the same ports and data, and waits until it is ready. */
  revive(): Promise<void>
}

export interface Patience {
  lookEveryMs: number
  /** After a look without an answer. */
  lookAgainMs: number
  answerWithinMs: number
  /** As many looks in a row without an answer, and it hangs. A busy machine answers late, what hangs never. */
  misses: number
  /** Before the second of several restarts that fail; doubled for each that follows. */
  restartAfterMs: number
  /** What dies sooner than this after it was ready has failed to start. */
  provenAfterMs: number
}

type Looks = Pick<Patience, 'lookEveryMs' | 'lookAgainMs' | 'answerWithinMs' | 'misses'>

/** A hang is certain after 25 to 35 s. Looks cost both sides CPU, so they are rare for as long as there is an answer. */
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
