import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A record of the probe; times are milliseconds since 1970. */
export type Pause =
  | {
      readonly kind: 'stall'
      readonly from: number
      readonly to: number
      /** Of the main thread, in this time. */
      readonly computedMs: number
      readonly waitedMs: number
    }
  | { readonly kind: 'collection'; readonly from: number; readonly to: number }

/** How often the probe checks: a stall starts with the check before it. */
export const lookEveryMs = 20

export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Why an event loop was blocked: code ran, garbage was collected, or the thread waited for a core or slept in the
 * kernel.
 */
export type Doing = 'computes' | 'collects garbage' | 'waits for a core' | 'is blocked'

export interface Stall extends Span {
  /** Of the process. */
  readonly label: string
  readonly doing: Doing
}

/** The records of all processes that were started with its environment. */
export class StallNotes {
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-stalls-'))

  constructor() {
    // The probe in this process writes until its exit.
    process.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }))
  }

  get env(): Record<string, string> {
    const probe = join(import.meta.dirname, 'stall-probe.main.ts')
    return { NODE_OPTIONS: `--require=${probe}`, STALLS_FOLDER: this.#folder }
  }

  /** Adds the probe to this process itself. */
  async watchThis(): Promise<void> {
    process.env['STALLS_FOLDER'] = this.#folder
    await import(pathToFileURL(join(import.meta.dirname, 'stall-probe.main.ts')).href)
  }

  read(labelOf: (pid: number) => string | undefined): readonly Labelled[] {
    return readdirSync(this.#folder).flatMap((file) => {
      const label = labelOf(Number(basename(file, '.jsonl')))
      if (label === undefined) return []
      const lines = readFileSync(join(this.#folder, file), 'utf8').split('\n')
      return lines.filter((line) => line !== '').map((line) => ({ label, ...(JSON.parse(line) as Pause) }))
    })
  }
}

export type Labelled = Pause & { readonly label: string }

export function stallsOf(pauses: readonly Labelled[]): readonly Stall[] {
  const collections = Map.groupBy(
    pauses.filter(({ kind }) => kind === 'collection'),
    ({ label }) => label,
  )
  return pauses.flatMap((pause) => {
    if (pause.kind !== 'stall') return []
    const { label, from, to, computedMs, waitedMs } = pause
    const ofIt = collections.get(label) ?? []
    const collected = ofIt.reduce((sum, collection) => sum + overlap(pause, collection), 0)
    const half = (to - from) / 2
    const doing = ((): Doing => {
      if (waitedMs >= half) return 'waits for a core'
      if (collected >= half) return 'collects garbage'
      return computedMs >= half ? 'computes' : 'is blocked'
    })()
    return [{ label, from, to, doing }]
  })
}

/** The share of the time of these periods in which the event loop of a process was blocked. */
export function stoodStill(label: string, stalls: readonly Stall[], stretches: readonly Span[]): number {
  const begunIn = ({ from, to }: Span) =>
    stalls.filter((stall) => stall.label === label && stall.from >= from && stall.from < to)
  const late = stretches.flatMap(begunIn).reduce((sum, { from, to }) => sum + Math.max(0, to - from - lookEveryMs), 0)
  return late / stretches.reduce((sum, { from, to }) => sum + to - from, 0)
}

/** The process that was blocked for most of the sample's excess time; null when there was none. */
export function causeOf(sample: Span, usualMs: number, stalls: readonly Stall[]): string | null {
  const tooMuch = sample.to - sample.from - usualMs
  const overlaps = Map.groupBy(stalls, ({ label, doing }) => `${label} ${doing}`)
  const [cause, milliseconds] = [...overlaps]
    .map(([name, all]) => [name, all.reduce((sum, stall) => sum + overlap(sample, stall), 0)] as const)
    .reduce<readonly [string, number]>((most, one) => (one[1] > most[1] ? one : most), ['', 0])
  return milliseconds >= tooMuch / 2 ? cause : null
}

export const overlap = (one: Span, other: Span): number =>
  Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from))
