import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

export const root = join(import.meta.dirname, '..', '..')

const shape = z.object({
  federation_version: z.string(),
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
})

export interface SubgraphEntry {
  readonly name: string
  readonly url: string
  /** Relative to the root. */
  readonly file: string
}

/** The one list of subgraphs for composition: rover.yaml. */
export function readRoverConfig(): readonly SubgraphEntry[] {
  const { subgraphs } = shape.parse(parse(readFileSync(join(root, 'rover.yaml'), 'utf8')))
  return Object.entries(subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    url: routing_url,
    file: join(schema.file),
  }))
}
