import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migratePostgres } from './migrate'
import { openDatabase, testDatabaseUrl } from './testing/test-database'

/** A folder as drizzle-kit writes it. */
async function writeMigrations(folder: string, migrations: readonly string[]): Promise<void> {
  const entries = migrations.map((_, idx) => ({
    idx,
    version: '7',
    when: 1_800_000_000_000 + idx,
    tag: `000${idx}_test`,
    breakpoints: true,
  }))
  await mkdir(join(folder, 'meta'), { recursive: true })
  await writeFile(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  )
  for (const [idx, statements] of migrations.entries()) await writeFile(join(folder, `000${idx}_test.sql`), statements)
}

const createNotes = 'create table notes (id int primary key)'
const addText =
  "alter table notes add column text text not null default '';\n--> statement-breakpoint\ninsert into notes values (1, 'migrated')"

describe('migratePostgres', () => {
  let folder: string
  let url: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-migrations-'))
    url = testDatabaseUrl()
  })
  afterEach(async () => {
    await openDatabase(url).drop()
    await rm(folder, { recursive: true })
  })

  const notes = async (): Promise<readonly unknown[]> => {
    const { sql } = openDatabase(url)
    const rows = await sql`select * from notes`
    await sql.end()
    return [...rows]
  }

  it('creates the database and applies every file once, also when run concurrently', async () => {
    await writeMigrations(folder, [createNotes, addText])
    await Promise.all(Array.from({ length: 6 }, () => migratePostgres(url, folder)))
    expect(await notes()).toEqual([{ id: 1, text: 'migrated' }])
  })

  it('applies new files, and none twice', async () => {
    await writeMigrations(folder, [createNotes])
    await migratePostgres(url, folder)
    await writeMigrations(folder, [createNotes, addText])
    await Promise.all([migratePostgres(url, folder), migratePostgres(url, folder)])
    await migratePostgres(url, folder)
    expect(await notes()).toEqual([{ id: 1, text: 'migrated' }])
  })

  it('rejects with the error, changes nothing, and works when the file is fixed', async () => {
    await writeMigrations(folder, [
      createNotes,
      'insert into notes values (1); --> statement-breakpoint\nselect nonsense',
    ])
    await expect(migratePostgres(url, folder)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('nonsense') as string },
    })
    await writeMigrations(folder, [createNotes, addText])
    await migratePostgres(url, folder)
    expect(await notes()).toEqual([{ id: 1, text: 'migrated' }])
  })
})
