import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ body: z.string() })),
})

/** The texts in a manifest, as its clients send them; none without a manifest. Throws when it is not what it should be. */
export async function readTrustedDocuments(path: string | undefined): Promise<readonly string[]> {
  if (path === undefined) return []
  const { operations } = manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  return operations.map(({ body }) => body)
}
