import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import type { BenchRun } from '../bench.ts'
import { changeTable, hasBefore } from './before.ts'
import { figureTable, missedOf } from './figure.ts'
import type { Figure } from './figure.ts'
import { writeFormatted } from './write-formatted.ts'

/** What a run of one bench leaves behind; docs/performance.md is made of these. */
export interface Result {
  readonly bench: string
  readonly command: string
  /** A run of a part, or with other numbers than the bench's own: not to be quoted. */
  readonly isQuick: boolean
  readonly at: string
  readonly commit: string
  readonly machine: string
  readonly figures: readonly Figure[]
  /** What was not measured, and why; what else was seen. */
  readonly notes: readonly string[]
}

export const resultsFolder = join(root, 'bench', 'results')

/** Prints the figures, writes the file of the bench, and returns the goals that were missed. */
export async function conclude(
  bench: string,
  run: BenchRun,
  figures: readonly Figure[],
  notes: readonly string[] = [],
): Promise<readonly string[]> {
  if (hasBefore(figures)) run.say(`\n${changeTable(figures)}`)
  else for (const figure of figures) run.say(`\n${figureTable(figure)}`)
  for (const note of notes) run.say(`\n${note}`)
  const result: Result = {
    bench,
    command: run.command,
    isQuick: run.isQuick,
    at: new Date().toISOString().slice(0, 10),
    commit: commitOfCheckout(),
    machine: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
    figures,
    notes: notes.map(withoutPlaces),
  }
  const folder = run.artifacts ?? resultsFolder
  mkdirSync(folder, { recursive: true })
  await writeFormatted(join(folder, `${bench}.json`), JSON.stringify(result))
  return figures.flatMap(missedOf)
}

export const readResults = (folder = resultsFolder): readonly Result[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Result)

/** Files are checked in, and where this machine keeps things is nobody's business. */
const withoutPlaces = (note: string): string => note.replaceAll(homedir(), '~').replaceAll(tmpdir(), '(temporary)')

function commitOfCheckout(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
