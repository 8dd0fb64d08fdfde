import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { manifestsOf, release } from './last-release.ts'

const before = {
  'schema/api.graphql': 'type Query { now: Int }',
  'schema/public.graphql': 'type Query { now: Int }',
  'schema/released/api.graphql': 'type Query { old: Int }',
  'schema/released/public.graphql': 'type Query { old: Int }',
  'schema/released/documents/0.1.0.json': '{"operations": []}',
  'schema/released/documents/.DS_Store': 'no JSON',
  'schema/breaking-changes.yaml': '# Why.\nchanges:\n  - change: FIELD_REMOVED\n',
  'web/trusted-documents.json': '{"operations": [1]}',
}

describe('a release', () => {
  let folder = ''
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const expectNothingDone = () => {
    for (const [path, text] of Object.entries(before)) expect(read(path)).toBe(text)
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-release-'))
    for (const [path, text] of Object.entries(before)) put(path, text)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('takes the schema and the manifest, and empties the list of breaking changes', () => {
    release(folder, '0.2.0', [])
    expect(read('schema/released/api.graphql')).toBe('type Query { now: Int }')
    expect(read('schema/released/public.graphql')).toBe('type Query { now: Int }')
    expect(read('schema/released/documents/0.2.0.json')).toBe('{"operations": [1]}')
    expect(read('schema/breaking-changes.yaml')).toBe('# Why.\nchanges: []\n')
    expect(manifestsOf(folder).toSorted()).toEqual(['0.1.0', '0.2.0'].map((v) => `schema/released/documents/${v}.json`))
  })

  it('keeps a list of breaking changes whole that only has comments', () => {
    put('schema/breaking-changes.yaml', '# Why')
    release(folder, '0.2.0', [])
    expect(read('schema/breaking-changes.yaml')).toBe('# Why\nchanges: []\n')
  })

  it('is refused while the check has faults', () => {
    expect(() => release(folder, '0.2.0', ['breaks clients'])).toThrow('breaks clients')
    expectNothingDone()
  })

  it('is refused a second time', () => {
    expect(() => release(folder, '0.1.0', [])).toThrow('0.1.0 was released already')
    expectNothingDone()
  })
})
