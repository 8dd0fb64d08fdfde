import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(__dirname, '..')

/** A violation of each important rule, as if it were in this file of the message subgraph. */
const place = 'subgraphs/message/src/domain/policy.ts'
const planted = `
import { createHash } from 'node:crypto'
import { Buffer } from 'node:buffer'

type Kind = 'one' | 'two'

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function plant(value: any, kind: Kind, buffer: Buffer): void {
  Promise.resolve(value)
  const unused = 1
  switch (kind) {
    case 'one':
      console.log(buffer, value == null)
  }
}
`

const expected = [
  '@typescript-eslint/consistent-type-imports',
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-unused-vars',
  '@typescript-eslint/switch-exhaustiveness-check',
  'eqeqeq',
  'no-console',
]

it('the linter finds planted violations, also under a comment that would disable the rule', async () => {
  const found = await lint(planted)
  expect([...found]).toEqual(expect.arrayContaining(expected))
}, 60_000)

async function lint(text: string): Promise<Set<string>> {
  const child = spawn(
    join(root, 'node_modules/.bin/eslint'),
    ['--stdin', '--stdin-filename', place, '--format', 'json'],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  child.stdin.end(text)
  let output = ''
  for await (const chunk of child.stdout) output += String(chunk)
  const reports = JSON.parse(output) as { messages: { ruleId: string | null }[] }[]
  return new Set(reports.flatMap(({ messages }) => messages.flatMap(({ ruleId }) => (ruleId === null ? [] : [ruleId]))))
}
