import { readFileSync } from 'node:fs'
import { composeServices } from '@apollo/composition'
import { parse as parseSdl } from 'graphql'
import { parse } from 'yaml'
import { z } from 'zod'

/**
 * The `supergraph` plugin of Rover: `supergraph compose <file>`, where the file contains the subgraphs with their SDL.
 * The answer is one JSON value, as from Apollo's own plugin: `{Ok: {supergraphSdl, hints}}` or `{Err: {errors}}`.
 */
const config = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.string().nullish(), schema: z.object({ sdl: z.string() }) }),
  ),
})

function compose(path: string): unknown {
  const { subgraphs } = config.parse(parse(readFileSync(path, 'utf8')))
  const result = composeServices(
    Object.entries(subgraphs).map(([name, { routing_url, schema }]) => ({
      name,
      url: routing_url ?? '',
      typeDefs: parseSdl(schema.sdl),
    })),
  )
  if (result.errors !== undefined) {
    return { Err: { errors: result.errors.map(({ message, extensions }) => ({ message, code: extensions['code'] ?? null, type: 'composition', nodes: [] })), errors_count: result.errors.length } } // prettier-ignore
  }
  return { Ok: { supergraphSdl: result.supergraphSdl, hints: [] } }
}

const path = process.argv.slice(2).find((argument) => !argument.startsWith('-') && argument !== 'compose')
process.stdout.write(JSON.stringify(compose(path ?? '')))
