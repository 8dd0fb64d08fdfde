import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'

const say = (line: string) => process.stdout.write(`${line}\n`)
const at = (...path: string[]): string => join(root, ...path)
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string }

// What is released now is what later schemas are compared with.
for (const name of ['api.graphql', 'public.graphql']) cpSync(at('schema', name), at('schema/released', name))
cpSync(at('web/trusted-documents.json'), at('schema/released/documents', `${version}.json`))
const declared = at('schema/breaking-changes.yaml')
const text = readFileSync(declared, 'utf8')
writeFileSync(declared, `${text.slice(0, text.search(/^changes:/m))}changes: []\n`)
say(`schema/released/ is the schema of ${version}. Delete the documents of releases that nobody runs any more.`)
