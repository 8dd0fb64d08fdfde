import { barChart } from './bar-chart.ts'
import { changeTable, hasBefore } from './before.ts'
import { figureTable, goalText, isMet } from './figure.ts'
import type { Figure } from './figure.ts'
import type { Result } from './result.ts'
import { whatLimits } from './what-limits.ts'

/** Files of docs/, by their paths in it. */
export type Page = Readonly<Record<string, string>>

const introduction = `# Speed and memory

Made by \`npm run bench -- page\` from the figures in [bench/results](../bench/results); [bench/README.md](../bench/README.md) says what each bench does.

Every bench measures ours, its peers and the limit side by side in one run. The server has one core, the load, the fakes and the engines have the other, and the figure is divided by the CPU time that the server used: so it holds on a busy machine, while its absolute size depends on the machine. Each value is the median of the rounds beside it. "Ours is" says how many times as much: more is better for what is counted per CPU-second, less for milliseconds and memory.
`

const quick =
  '> **A quick run** of a part, or with less than the bench asks for: it shows that the bench runs, and is not to be quoted.'

/** The page with the tables, and a picture for each bench. */
export function performancePage(results: readonly Result[]): Page {
  const sections = results.map(
    (result) => `## ${result.bench}

\`${result.command}\`, ${result.at}, commit ${result.commit}, ${result.machine}.
${result.isQuick ? `\n${quick}\n` : ''}
${tablesOf(result)}
${result.notes.length === 0 ? '' : `\n${result.notes.map((note) => `- ${oneLine(note)}`).join('\n')}\n`}
**What limits it now.** ${whatLimits[result.bench] ?? 'Not yet looked into.'}
`,
  )
  return {
    'performance.md': `${introduction}\n${goalsTable(results)}\n\n${sections.join('\n')}`,
    ...Object.fromEntries(
      results
        .filter(({ figures }) => !hasBefore(figures))
        .map(({ bench, figures }) => [`performance/${bench}.svg`, barChart(bench, figures)] as const),
    ),
  }
}

function tablesOf({ bench, figures }: Result): string {
  if (hasBefore(figures)) return changeTable(figures)
  return `![${bench}](performance/${bench}.svg)\n\n${figures.map(figureSection).join('\n\n')}`
}

function figureSection(figure: Figure): string {
  const goals = (figure.goals ?? []).map(
    (goal) => `${signs[String(isMet(figure, goal)) as keyof typeof signs]} goal: ${goalText(goal, figure.unit)}`,
  )
  return [figureTable(figure), ...(goals.length === 0 ? [] : ['', goals.join(' · ')])].join('\n')
}

const signs = { true: '✓', false: '✗', null: '–' } as const

function goalsTable(results: readonly Result[]): string {
  const lines = results.flatMap(({ bench, figures, isQuick }) =>
    figures.flatMap((figure) =>
      (figure.goals ?? []).map((goal) => {
        const sign = signs[String(isMet(figure, goal)) as keyof typeof signs]
        return `| ${bench} | ${figure.title} | ${goalText(goal, figure.unit)} | ${sign}${isQuick ? ' (quick run)' : ''} |`
      }),
    ),
  )
  return ['| bench | figure | goal | met |', '|---|---|---|---|', ...lines].join('\n')
}

const oneLine = (note: string): string => note.replaceAll(/\s+/g, ' ').trim()
