import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hashOf } from './memory'

const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z
      .object({ id: z.string(), name: z.string(), body: z.string() })
      .refine(({ id, body }) => id === hashOf(body), 'has an id that is not the SHA-256 of its body'),
  ),
})

/**
 * The document texts of persisted query manifests, each once and exactly as clients send it. A folder stands for all
 * `.json` files in it. Throws when a file is missing or invalid: what it lists would be refused.
 */
export async function readTrustedDocuments(paths: readonly string[]): Promise<readonly string[]> {
  const files = (await Promise.all(paths.map(filesAt))).flat()
  const texts = await Promise.all(files.map(textsIn))
  return [...new Set(texts.flat())]
}

async function filesAt(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => name.endsWith('.json'))
  return names.toSorted().map((name) => join(path, name))
}

async function textsIn(file: string): Promise<readonly string[]> {
  try {
    const { operations } = manifest.parse(JSON.parse(await readFile(file, 'utf8')))
    return operations.map(({ body }) => body)
  } catch (error) {
    throw new Error(`${file} is not a manifest of trusted documents`, { cause: error })
  }
}
