import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '@parley/launcher/workspace'

/**
 * Every test that docs/features.md names exists: `[name] “title”, “title”` with the file of `[name]` below the tables. Another page can be
 * given.
 */
const [page = join(root, 'docs', 'features.md')] = process.argv.slice(2)
const text = readFileSync(page, 'utf8')

const files = new Map([...text.matchAll(/^\[([^\]]+)\]: (\S+)$/gm)].map(([, name = '', path = '']) => [name, path]))

/** The titles of its tests, as they are written: `%s` and `${…}` stand for what they are replaced by. */
function titlesIn(path: string): ReadonlySet<string> {
  const source = readFileSync(path, 'utf8')
  const calls = source.matchAll(/(?:\b(?:it|test)|[)\]`])\(\s*(['"`])((?:\\.|(?!\1).)+)\1\s*,/g)
  return new Set(Array.from(calls, ([, , title = '']) => title.replace(/\\(['"`])/g, '$1')))
}

const faults: string[] = []
const used = new Set<string>()
for (const [, name = '', titles = ''] of text.matchAll(/\[([^\]]+)\](?![\]:(])((?:,? “[^”]+”)*)/g)) {
  used.add(name)
  const path = resolve(root, 'docs', files.get(name) ?? '')
  if (!files.has(name)) faults.push(`[${name}] stands for no file`)
  else if (!existsSync(path)) faults.push(`${files.get(name) ?? ''} does not exist`)
  else if (titles === '') faults.push(`[${name}] is named without a test in it`)
  else {
    const known = titlesIn(path)
    for (const [, title = ''] of titles.matchAll(/“([^”]+)”/g))
      if (!known.has(title)) faults.push(`[${name}] has no test “${title}”`)
  }
}
for (const name of files.keys()) if (!used.has(name)) faults.push(`[${name}] is not used`)
if (used.size === 0) faults.push('no test is named')
for (const fault of faults) process.stdout.write(`${fault}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
