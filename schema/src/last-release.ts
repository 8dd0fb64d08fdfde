import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readDeclarations } from './breaking-changes.ts'
import { checkApi, type Finding } from './check.ts'
import { compose } from './compose.ts'
import { publicContractOf } from './contract.ts'
import { documentsIn } from './document-rules.ts'
import { readRoverConfig, root } from './rover-config.ts'

const ofClient = 'web/trusted-documents.json'
const kept = 'schema/released/documents'
const declarations = 'schema/breaking-changes.yaml'

/**
 * What is checked in, compared with the last release; `npm test` also compares it with the code. Needs the built
 * libraries.
 */
export async function checkWithLastRelease(today: string): Promise<Finding> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const { api, supergraph } = compose(readRoverConfig().map((entry) => ({ ...entry, sdl: read(entry.file) })))
  const { faults, notes } = await checkApi({
    released: read('schema/released/api.graphql'),
    api,
    contracts: [{ released: read('schema/released/public.graphql'), api: publicContractOf(supergraph).api }],
    documents: [ofClient, ...manifestsOf(root)].flatMap((path) => documentsIn(JSON.parse(read(path)))),
    declared: readDeclarations(parse(read(declarations))),
    today,
  })
  const { unsharedTrustedDocuments } = await import('./shared-streams.ts')
  const unshared = unsharedTrustedDocuments(supergraph).map(
    (what) => `a trusted document would run a shared subscription for each viewer: ${what}`,
  )
  return { faults: [...faults, ...unshared], notes }
}

/** The manifests of the releases that are still in use, relative to the folder of the repository. */
export const manifestsOf = (folder: string): readonly string[] =>
  readdirSync(join(folder, kept))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${kept}/${name}`)

/** Makes what is checked in the release that later schemas are compared with. Throws when that would hide something. */
export function release(folder: string, version: string, faults: readonly string[]): void {
  const at = (path: string): string => join(folder, path)
  const manifest = at(`${kept}/${version}.json`)
  if (existsSync(manifest)) throw new Error(`${version} was released already: raise the version in package.json first.`)
  // The comparison would start from a change that nobody declared.
  if (faults.length > 0) throw new Error(['The schema may not be released:', ...faults].join('\n'))
  for (const name of ['api.graphql', 'public.graphql']) cpSync(at(`schema/${name}`), at(`schema/released/${name}`))
  cpSync(at(ofClient), manifest)
  writeFileSync(at(declarations), withoutChanges(readFileSync(at(declarations), 'utf8')))
}

const withoutChanges = (text: string): string => `${text.replace(/^changes:[^]*/m, '').trimEnd()}\nchanges: []\n`
