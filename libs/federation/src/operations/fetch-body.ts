import type { FetchNode } from '@apollo/query-planner'
import { getOperationAST, Kind, parse } from 'graphql'
import type { FetchParts, Variables } from './execution'
import { FetchOperation } from './fetch-operation'
import type { ConcretePath } from './paths'

const representationsName = 'representations'

/** Compiles what a fetch sends: only the values of variables (and the representations, as JSON) are filled in. */
export function compileParts(node: FetchNode): (variables: Variables, representations?: string) => FetchParts {
  const names = node.variableUsages ?? []
  const operation = new FetchOperation(node)
  const keys = names.map((name) => `${JSON.stringify(name)}:`)
  return (variables, representations) => {
    let text = ''
    for (const [index, name] of names.entries()) {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined
      if (value !== undefined) text += `${text === '' ? '' : ','}${keys[index]}${JSON.stringify(value)}`
    }
    if (representations !== undefined) text += `${text === '' ? '' : ','}"${representationsName}":[${representations}]`
    return { operation, variables: `{${text}}` }
  }
}

/** The planner uses this name for itself. */
export const usesReservedVariable = ({ variableUsages = [] }: FetchNode): boolean =>
  variableUsages.includes(representationsName)

/** The fields at the root of a fetch: what is missing without an answer. */
export function rootPaths({ operation }: FetchNode): readonly ConcretePath[] {
  const selections = getOperationAST(parse(operation))?.selectionSet.selections ?? []
  return selections.flatMap((field) => (field.kind === Kind.FIELD ? [[(field.alias ?? field.name).value]] : []))
}
