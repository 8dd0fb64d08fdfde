import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(__dirname, '..')

/** What the check says of a page, and its exit code. */
const check = (page: string): Promise<readonly [output: string, code: unknown]> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'scripts/features-check.ts'), page], (error, stdout) => {
      resolve([stdout, error?.code ?? 0])
    })
  })

describe('the table of the features', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-features-'))
  const page = join(folder, 'features.md')
  const table = readFileSync(join(root, 'docs/features.md'), 'utf8')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('names tests that exist', async () => {
    expect(await check(join(root, 'docs/features.md'))).toEqual(['', 0])
  })

  it.each([
    [
      'a title that no test has',
      '[mark-unread.test] “is told',
      '[mark-unread.test] “was told',
      '[mark-unread.test] has no test “was told to the other devices”',
    ],
    [
      'a title of a describe',
      '[mark-unread.test] “is told to',
      '[mark-unread.test] “marking as unread”, “is told to',
      '[mark-unread.test] has no test “marking as unread”',
    ],
    [
      'a file that is not there',
      'application/set-pin.test.ts',
      'application/pin.test.ts',
      '../subgraphs/message/src/application/pin.test.ts does not exist',
    ],
    ['a name without a file', '[set-pin.test] “', '[set-pins.test] “', '[set-pins.test] stands for no file'],
    [
      'a file without a title',
      '[receipts.test] “say how far a message has come”',
      '[receipts.test]',
      '[receipts.test] is named without a test in it',
    ],
    [
      'a file that is not named',
      '\n[receipts.test]:',
      '\n[other]: ../e2e/src/chat.ts\n[receipts.test]:',
      '[other] is not used',
    ],
  ])('a planted violation is found: %s', async (_what, from, to, fault) => {
    expect(table).toContain(from)
    writeFileSync(page, table.replace(from, to))
    const [output, code] = await check(page)
    expect([output.split('\n'), code]).toEqual([expect.arrayContaining([fault]), 1])
  })
})
