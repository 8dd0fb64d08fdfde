import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { declarationsOf } from '@parley/federation/streams/declarations'
import { sharedOperation } from '@parley/federation/streams/shared-operation'
import { buildASTSchema, getOperationAST, parse } from 'graphql'
import { documentsIn } from './document-rules.ts'
import { root } from './rover-config.ts'
import { unsharedTrustedDocuments } from './shared-streams.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const supergraph = read('schema/supergraph.graphql')

/** The web client's operations that a gateway with this supergraph runs once for all who follow. */
function sharedIn(sdl: string): string[] {
  const schema = buildASTSchema(parse(sdl), { assumeValid: true })
  const declarations = declarationsOf(parse(sdl))
  return documentsIn(JSON.parse(read('web/trusted-documents.json'))).flatMap(({ name, body }) => {
    const document = parse(body)
    const shared = sharedOperation(schema, document, getOperationAST(document)!, declarations)
    return shared !== null && 'field' in shared ? [name] : []
  })
}

describe('the subscription of the web client to a timeline', () => {
  it('is run once for all who follow it', () => {
    expect(sharedIn(supergraph)).toEqual(['Timeline'])
    expect(unsharedTrustedDocuments(supergraph)).toEqual([])
  })

  it('would be missed here if its field were not shared any more', () => {
    const without = supergraph.replace(/ @shared\(cursor: "after".*\)/, '')
    expect(without).not.toBe(supergraph)
    expect(sharedIn(without)).toEqual([])
  })
})
