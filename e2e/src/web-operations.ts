import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import { concatAST, getOperationAST, parse, print, separateOperations } from 'graphql'
import type { OperationTypeNode } from 'graphql'

/** An operation of the web client with the fragments that it uses. */
export interface WebOperation {
  readonly name: string
  readonly type: OperationTypeNode
  readonly text: string
}

const web = join(root, 'web')

/** Read from the client's own files, so that a new operation is included. */
export function webOperations(): ReadonlyMap<string, WebOperation> {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.graphql') && !/node_modules|\.next/.test(path),
  )
  const documents = separateOperations(concatAST(files.map((path) => parse(readFileSync(join(web, path), 'utf8')))))
  return new Map(
    Object.entries(documents).map(([name, document]) => {
      const operation = getOperationAST(document)
      if (!operation) throw new Error(`${name} is not one operation`)
      return [name, { name, type: operation.operation, text: print(document) }]
    }),
  )
}

export function webOperation(name: string): WebOperation {
  const operation = webOperations().get(name)
  if (operation === undefined) throw new Error(`The web client has no operation ${name}`)
  return operation
}
