import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { printAsyncApi } from './asyncapi.ts'
import { compose } from './compose.ts'
import { publicContractOf } from './contract.ts'
import { readRoverConfig, root } from './rover-config.ts'
import type { SubgraphEntry } from './rover-config.ts'

const run = promisify(execFile)

/** All generated files of schema/, by path relative to the root. Needs the built subgraphs and no engine. */
export async function generate(): Promise<ReadonlyMap<string, string>> {
  const entries = readRoverConfig()
  const subgraphs = await Promise.all(entries.map(async (entry) => ({ ...entry, sdl: await printSdl(entry) })))
  const { supergraph, api } = compose(subgraphs)
  const contract = publicContractOf(supergraph)
  return new Map([
    ...subgraphs.map(({ file, sdl }) => [file, sdl] as const),
    ['schema/supergraph.graphql', supergraph],
    ['schema/api.graphql', api],
    ['schema/public-supergraph.graphql', contract.supergraph],
    ['schema/public.graphql', contract.api],
    ['schema/asyncapi.yaml', printAsyncApi()],
  ])
}

/** In a separate process: Nest keeps the metadata of all types of a process in one place. */
async function printSdl({ name }: SubgraphEntry): Promise<string> {
  const printer = join(root, 'libs/platform/dist/graphql/print-sdl.main.js')
  const resolvers = join(root, 'subgraphs', name, 'dist/presentation/resolvers.js')
  const { stdout } = await run(process.execPath, [printer, resolvers], { maxBuffer: 16 << 20 })
  return stdout
}

/** The generated files that are missing or differ from the checked-in ones. */
export function differing(generated: ReadonlyMap<string, string>): readonly string[] {
  return [...generated]
    .filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text)
    .map(([path]) => path)
}

export function write(generated: ReadonlyMap<string, string>): void {
  for (const [path, text] of generated) writeFileSync(join(root, path), text)
}
