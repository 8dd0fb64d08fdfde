import { buildASTSchema, Kind, parse } from 'graphql'
import { declarationsOf } from './declarations'
import { sharedOperation } from './shared-operation'

/**
 * Which of these documents subscribe to a shared field in a way that has to run for each viewer, and why: a gateway
 * runs them, but an application that serves many should not send them.
 */
export function unsharedDocuments(supergraphSdl: string, texts: readonly string[]): readonly string[] {
  const supergraph = parse(supergraphSdl)
  const schema = buildASTSchema(supergraph, { assumeValid: true })
  const declarations = declarationsOf(supergraph)
  return texts.flatMap((text) => {
    const document = parse(text)
    return document.definitions.flatMap((node) => {
      if (node.kind !== Kind.OPERATION_DEFINITION) return []
      const shared = sharedOperation(schema, document, node, declarations)
      return shared !== null && 'reason' in shared ? [`${node.name?.value ?? 'anonymous'}: ${shared.reason}`] : []
    })
  })
}
