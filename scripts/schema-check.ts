import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '@parley/launcher/build'
import { root } from '@parley/launcher/workspace'
import { readDeclarations } from '@parley/schema/breaking-changes'
import { checkApi } from '@parley/schema/check'
import { compose } from '@parley/schema/compose'
import { publicContractOf } from '@parley/schema/contract'
import { documentsIn } from '@parley/schema/document-rules'
import { readRoverConfig } from '@parley/schema/rover-config'
import { parse } from 'yaml'

const say = (line: string) => process.stdout.write(`${line}\n`)
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const documentsOf = (path: string) => documentsIn(JSON.parse(read(path)))

await build({ web: false, onProgress: say })
// After the build: it imports the library that was built.
const { unsharedTrustedDocuments } = await import('@parley/schema/shared-streams')
// From the SDL that is checked in; `npm test` also compares that with the code.
const { api, supergraph } = compose(readRoverConfig().map((entry) => ({ ...entry, sdl: read(entry.file) })))
const manifests = readdirSync(join(root, 'schema/released/documents')).map(
  (name) => `schema/released/documents/${name}`,
)
const { faults, notes } = await checkApi({
  released: read('schema/released/api.graphql'),
  api,
  contracts: [{ released: read('schema/released/public.graphql'), api: publicContractOf(supergraph).api }],
  documents: ['web/trusted-documents.json', ...manifests].flatMap(documentsOf),
  declared: readDeclarations(parse(read('schema/breaking-changes.yaml'))),
  today: new Date().toISOString().slice(0, 10),
})
const unshared = unsharedTrustedDocuments(supergraph)
for (const note of notes) say(`note: ${note}`)
for (const fault of faults) say(fault)
for (const what of unshared) say(`a trusted document would run a shared subscription for each viewer: ${what}`)
if (faults.length + unshared.length > 0) process.exitCode = 1
else say('Clients of the last release go on with this schema, or it is declared why not.')
