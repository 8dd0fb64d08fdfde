/** Watches one engine while Parley runs: what has died is started again at once, what hangs is killed first. */
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf, within } from './process.ts'

export interface Watched {
  readonly label: string
  hasEnded(): boolean
  /** One signal for each process that runs now, aborted when it ends. */
  ended(): AbortSignal[]
  /** One try; may never settle. */
  ready(): Promise<void>
  kill(): Promise<void>
  /** Starts what has ended, on the same ports and data, and waits until the engine is ready. */
  revive(): Promise<void>
}

export interface Patience {
  lookEveryMs: number
  answerWithinMs: number
  /** As many looks in a row without an answer, and the engine hangs. A busy machine answers late, a hung engine never. */
  misses: number
  /** After a restart that failed; doubled for each that follows. */
  restartAfterMs: number
}

/** A hang is certain after 25 to 30 s. */
const patience: Patience = { lookEveryMs: 5_000, answerWithinMs: 5_000, misses: 3, restartAfterMs: 100 }
const longestPauseMs = 30_000

/** Until the signal. */
export async function keepUp(
  engine: Watched,
  signal: AbortSignal,
  say: (line: string) => void,
  { restartAfterMs, ...looks }: Patience = patience,
): Promise<void> {
  let pauseMs = restartAfterMs
  for (;;) {
    const fault = await untilFault(engine, signal, looks)
    if (fault === null) return
    say(`${engine.label} ${fault} and is started again`)
    try {
      if (fault === hangs) await engine.kill()
      await engine.revive()
      say(`${engine.label} is back`)
      pauseMs = restartAfterMs
    } catch (error) {
      if (signal.aborted) return
      say(`${engine.label} could not be started: ${messageOf(error)}`)
      await pause(pauseMs, undefined, { signal }).catch(() => undefined)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
  }
}

const hasDied = 'has stopped by itself'
const hangs = 'no longer answers'

/** Null when the signal came first. */
async function untilFault(
  engine: Watched,
  signal: AbortSignal,
  { lookEveryMs, answerWithinMs, misses }: Omit<Patience, 'restartAfterMs'>,
): Promise<typeof hasDied | typeof hangs | null> {
  let missed = 0
  while (!signal.aborted) {
    if (engine.hasEnded()) return hasDied
    const interrupted = AbortSignal.any([signal, ...engine.ended()])
    await pause(lookEveryMs, undefined, { signal: interrupted }).catch(() => undefined)
    if (interrupted.aborted) continue
    const answers = await within(answerWithinMs, engine.ready()).then(
      () => true,
      () => false,
    )
    missed = answers ? 0 : missed + 1
    if (missed === misses && !engine.hasEnded()) return hangs
  }
  return null
}
