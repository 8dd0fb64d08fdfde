import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import { format, resolveConfig } from 'prettier'
import { performancePage } from './performance-page.ts'
import { readResults } from './result.ts'

/** Writes docs/performance.md and its pictures from the latest run of each bench. */
export async function writePerformancePage(say: (line: string) => void): Promise<void> {
  for (const [path, content] of Object.entries(performancePage(readResults()))) {
    const file = join(root, 'docs', path)
    mkdirSync(dirname(file), { recursive: true })
    const options = await resolveConfig(file)
    writeFileSync(file, path.endsWith('.md') ? await format(content, { ...options, filepath: file }) : content)
    say(`docs/${path}`)
  }
}
