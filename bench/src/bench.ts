/** The options of `npm run bench -- NAME`. */
export interface BenchRun {
  readonly only: readonly string[]
  /** The length of one measuring period. */
  readonly windowMs: number
  /** How many pairs of periods, without and with the attacker, are measured. */
  readonly rounds: number
  /** Load before anything is measured. */
  readonly warmupMs: number
  readonly cooldownMs: number
  /** A file for all samples and stalls, for analysis with other tools. */
  readonly samplesFile: string | undefined
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

export interface Bench {
  readonly name: string
  readonly promise: string
  /** Prints its table, and resolves with a sentence for each missed goal. */
  readonly run: (run: BenchRun) => Promise<readonly string[]>
}
