/** What a run of `npm run bench -- NAME` is told. */
export interface BenchRun {
  readonly only: readonly string[]
  /** How long one stretch of measuring is. */
  readonly windowMs: number
  /** How often the two stretches, without and with, follow each other. */
  readonly rounds: number
  /** Load before anything is measured. */
  readonly warmupMs: number
  readonly cooldownMs: number
  /** A file for every sample and every stall, to be looked at by other means. */
  readonly samplesFile: string | undefined
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

export interface Bench {
  readonly name: string
  readonly promise: string
  /** Prints its table, and resolves with a sentence for each goal that was missed. */
  readonly run: (run: BenchRun) => Promise<readonly string[]>
}
