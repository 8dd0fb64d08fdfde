import type { Operation } from './history.ts'

/** Numbered as in the design: no run of Parley may violate these. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7'

export interface Violation {
  readonly invariant: Invariant
  readonly sentence: string
}

export type Check = (history: readonly Operation[]) => readonly Violation[]

export const violation = (invariant: Invariant, sentence: string): Violation => ({ invariant, sentence })
