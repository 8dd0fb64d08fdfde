/** The options of `npm run bench -- NAME`. */
export interface BenchRun {
  readonly only: readonly string[]
  /** The length of one measuring period. */
  readonly windowMs: number
  /** How often everything is measured. */
  readonly rounds: number
  /** Load before anything is measured. */
  readonly warmupMs: number
  readonly cooldownMs: number
  /** How many clients, instead of the bench's own numbers. */
  readonly clients: readonly number[]
  /** How many events are read, instead of the bench's own number. */
  readonly events: number | undefined
  /** A file for all samples and stalls, for analysis with other tools. */
  readonly samplesFile: string | undefined
  /** A folder for the figures as JSON; bench/results by default. */
  readonly artifacts: string | undefined
  /** The command of this run, printed with its figures. */
  readonly command: string
  /** Something else than the whole bench with its own numbers was asked for. */
  readonly isQuick: boolean
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

const own = ['only', 'window', 'rounds', 'warmup', 'cooldown', 'clients', 'events'] as const

/** Of the options as they were given. */
export const isQuick = (given: Readonly<Partial<Record<(typeof own)[number], string>>>): boolean =>
  own.some((name) => (given[name] ?? '') !== '')

const places = ['--samples', '--artifacts']

/** The command as it is checked in with its figures: where this machine keeps files is nobody's business. */
export function commandOf(args: readonly string[]): string {
  const shown = args.filter(
    (arg, index) => !places.includes(arg.split('=')[0] ?? '') && !places.includes(args[index - 1] ?? ''),
  )
  return ['npm run bench --', ...shown].join(' ')
}

export interface Bench {
  readonly name: string
  readonly promise: string
  /** It needs the web client, which takes a minute to build. */
  readonly web?: boolean
  /** Its own window, rounds, warm-up and cool-down, in seconds, where the command gives none. */
  readonly defaults?: {
    readonly window?: number
    readonly rounds?: number
    readonly warmup?: number
    readonly cooldown?: number
  }
  /** Prints its table, and resolves with a sentence for each missed goal. */
  readonly run: (run: BenchRun) => Promise<readonly string[]>
}

/** Ends whatever was begun, last first, also when the bench fails or is interrupted. */
export class Cleanup {
  readonly #steps: (() => Promise<void> | void)[] = []

  add<Owner extends { stop: () => Promise<void> | void }>(owner: Owner): Owner {
    this.#steps.push(() => owner.stop())
    return owner
  }

  /** A step that fails keeps none of the others from running. */
  async run(): Promise<void> {
    const errors: unknown[] = []
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, `Not everything was ended: ${errors.join('; ')}`)
  }
}

export async function cleaningUp<Result>(work: (cleanup: Cleanup) => Promise<Result>): Promise<Result> {
  const cleanup = new Cleanup()
  try {
    return await work(cleanup)
  } finally {
    await cleanup.run()
  }
}

/** What was not measured, and why: said at once and kept with the figures. */
export class Notes {
  readonly all: string[] = []
  readonly #say: (line: string) => void

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  push(note: string): void {
    if (this.all.includes(note)) return
    this.all.push(note)
    this.#say(note)
  }
}
