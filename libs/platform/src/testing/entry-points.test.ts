import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entryPoints } from './entry-points'

describe('entryPoints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entry-points-'))
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text)
  }
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('are the methods and functions of the files that import the engine', () => {
    const engine = `import type { Database } from '@parley/engine/database'\n`
    write(
      'store.ts',
      `${engine}export class Store { get size() { return 1 } onModuleInit() {} load() {} #hidden() {} }`,
    )
    write(
      'sweep.ts',
      `${engine}export const batch = 10; export const sweep = (db: Database) => db; const own = () => 1`,
    )
    write('store.test.ts', `${engine}export const tested = () => 1`)
    write('pure.ts', 'export const pure = () => 1')
    expect(entryPoints(folder, '@parley/engine')).toEqual(['Store.load', 'sweep'])
  })
})
