import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ body: z.string() })),
})

/**
 * The document texts of a manifest, exactly as clients send them; empty without a manifest. Throws when the file is
 * invalid.
 */
export async function readTrustedDocuments(path: string | undefined): Promise<readonly string[]> {
  if (path === undefined) return []
  const { operations } = manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  return operations.map(({ body }) => body)
}
