import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import { performancePage } from './performance-page.ts'
import { readResults } from './result.ts'
import { writeFormatted } from './write-formatted.ts'

/** Writes docs/performance.md and its pictures from the latest run of each bench. */
export async function writePerformancePage(say: (line: string) => void): Promise<void> {
  for (const [path, content] of Object.entries(performancePage(readResults()))) {
    const file = join(root, 'docs', path)
    mkdirSync(dirname(file), { recursive: true })
    if (path.endsWith('.md')) await writeFormatted(file, content)
    else writeFileSync(file, content)
    say(`docs/${path}`)
  }
}
