import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'

export interface WebDocument {
  readonly id: string
  readonly body: string
  readonly name: string
}

const manifest = JSON.parse(readFileSync(join(root, 'web', 'trusted-documents.json'), 'utf8')) as {
  readonly operations: readonly WebDocument[]
}

/** An operation exactly as the web client sends it. */
export function webDocument(name: string): WebDocument {
  const found = manifest.operations.find((operation) => operation.name === name)
  if (found === undefined) throw new Error(`The web client has no operation ${name}`)
  return found
}
