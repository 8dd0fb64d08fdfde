import { median, shown } from './figure.ts'
import type { Figure, Row } from './figure.ts'

const width = 740
const labelWidth = 250
const valueWidth = 110
const barHeight = 16
const rowHeight = 22
const headHeight = 30
const gap = 14

const colours: Readonly<Record<Row['kind'], string>> = {
  ours: '#2563eb',
  before: '#94a3b8',
  part: '#93b4f5',
  peer: '#d97706',
  limit: '#94a3b8',
}

/** One picture for all figures of a bench: a bar for each server, as long as its value; each figure has its own scale. */
export function barChart(title: string, figures: readonly Figure[]): string {
  let y = 0
  const parts: string[] = []
  for (const figure of figures) {
    const longest = Math.max(...figure.rows.map((row) => valueOf(row)), Number.MIN_VALUE)
    parts.push(text(0, y + 18, `${figure.title} (${figure.unit})`, 'head'))
    y += headHeight
    for (const row of figure.rows) {
      parts.push(bar(row, y, longest))
      y += rowHeight
    }
    y += gap
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>text{font:13px system-ui,sans-serif;fill:#334155}.head{font-weight:600}@media(prefers-color-scheme:dark){text{fill:#cbd5e1}}</style>
${parts.join('\n')}
</svg>
`
}

const valueOf = ({ values }: Row): number => (values.length === 0 ? 0 : median(values))

function bar(row: Row, y: number, longest: number): string {
  const room = width - labelWidth - valueWidth
  const length = Math.max(1, Math.round((room * valueOf(row)) / longest))
  const value = row.values.length === 0 ? 'not measured' : shown(valueOf(row))
  return [
    text(0, y + 13, row.name, row.kind === 'ours' ? 'head' : 'row'),
    `<rect x="${labelWidth}" y="${y}" width="${length}" height="${barHeight}" rx="2" fill="${colours[row.kind]}"/>`,
    text(labelWidth + length + 6, y + 13, value, 'row'),
  ].join('')
}

const text = (x: number, y: number, content: string, kind: 'head' | 'row'): string =>
  `<text x="${x}" y="${y}" class="${kind}">${escaped(content)}</text>`

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
