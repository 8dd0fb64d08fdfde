import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import type { OperationTypeNode } from 'graphql'

/** An operation of the web client with the fragments that it uses. */
export interface WebOperation {
  readonly name: string
  readonly type: OperationTypeNode
  readonly text: string
}

interface Manifest {
  readonly operations: readonly { readonly name: string; readonly type: OperationTypeNode; readonly body: string }[]
}

/**
 * From the client's own manifest, so that a new operation is included, in the text that the client sends: the gateway
 * knows it, and does not count it as a new document.
 */
export function webOperations(): ReadonlyMap<string, WebOperation> {
  const manifest = JSON.parse(readFileSync(join(root, 'web', 'trusted-documents.json'), 'utf8')) as Manifest
  return new Map(manifest.operations.map(({ name, type, body }) => [name, { name, type, text: body }]))
}

export function webOperation(name: string): WebOperation {
  const operation = webOperations().get(name)
  if (operation === undefined) throw new Error(`The web client has no operation ${name}`)
  return operation
}
