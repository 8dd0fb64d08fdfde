import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@parley/launcher/workspace'
import {
  buildASTSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
} from 'graphql'
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLOutputType, GraphQLSchema } from 'graphql'

/** A leaf of the arguments of a field. */
export interface ApiInput {
  /** From the name of the argument. */
  readonly path: readonly string[]
  /** Of its scalar: `String`, `ID`, `Int`, … */
  readonly type: string
  readonly isList: boolean
  readonly isRequired: boolean
}

/** A field of `Query`, `Mutation` or `Subscription`. */
export interface ApiField {
  readonly kind: OperationTypeNode
  readonly name: string
  /** Asks for it, with each argument as the variable of its name; of payloads it selects the errors. */
  readonly document: string
  readonly inputs: readonly ApiInput[]
}

/** Those of the API, or those that a subgraph adds to it; from the schemas that are checked in. */
export function apiFields(kind: OperationTypeNode, of = 'api'): readonly ApiField[] {
  const type = schemaOf(of).getRootType(kind)
  return Object.values(type?.getFields() ?? {})
    .filter(({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === 'inaccessible'))
    .map((field) => ({
      kind,
      name: field.name,
      document: documentOf(kind, field),
      inputs: inputsOf(field),
    }))
}

/** The names of the fields of an object type, of which those with a type of objects are selected by `__typename`. */
export function selectionsOf(typeName: string, of: string): ReadonlyMap<string, string> {
  const type = schemaOf(of).getType(typeName)
  if (!isObjectType(type)) throw new Error(`${of} has no type ${typeName}`)
  return new Map(Object.values(type.getFields()).map((field) => [field.name, field.name + selectionOf(field.type)]))
}

/** The fields below the roots with an argument for text, as `Type.field`. */
export function nestedTextFields(): readonly string[] {
  const schema = schemaOf('api')
  const roots = Object.values(OperationTypeNode).map((kind) => schema.getRootType(kind))
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !roots.includes(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => inputsOf(field).some(isText))
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    )
}

export const isText = ({ type }: ApiInput): boolean => ['String', 'ID', 'DateTime'].includes(type)

/** Variables with these values, one for each input; undefined leaves it out. */
export function variablesOf(values: readonly (readonly [ApiInput, unknown])[]): Record<string, unknown> {
  const variables: Record<string, unknown> = {}
  for (const [{ path }, value] of values) {
    let place = variables
    for (const name of path.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>
    place[path.at(-1) ?? ''] = value
  }
  return variables
}

function schemaOf(name: string): GraphQLSchema {
  const text = readFileSync(join(root, 'schema', `${name}.graphql`), 'utf8')
  const { definitions, ...document } = parse(text)
  const own = definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION)
  return buildASTSchema({ ...document, definitions: own }, { assumeValidSDL: true })
}

const inputsOf = ({ args }: GraphQLField<unknown, unknown>): readonly ApiInput[] =>
  args.flatMap((arg) => inputsIn(arg, []))

function inputsIn(given: GraphQLArgument | GraphQLInputField, parents: readonly string[]): readonly ApiInput[] {
  const path = [...parents, given.name]
  const type = getNamedType(given.type)
  if (isInputObjectType(type)) return Object.values(type.getFields()).flatMap((field) => inputsIn(field, path))
  const nullable = isNonNullType(given.type) ? given.type.ofType : given.type
  return [
    {
      path,
      type: type.name,
      isList: isListType(nullable),
      isRequired: isNonNullType(given.type) && given.defaultValue === undefined,
    },
  ]
}

function documentOf(kind: OperationTypeNode, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const inBrackets = (parts: readonly string[]) => (parts.length === 0 ? '' : `(${parts.join(', ')})`)
  const variables = inBrackets(args.map((arg) => `$${arg.name}: ${String(arg.type)}`))
  const passed = inBrackets(args.map((arg) => `${arg.name}: $${arg.name}`))
  return `${kind} ${variables} { ${name}${passed}${selectionOf(type)} }`
}

function selectionOf(output: GraphQLOutputType): string {
  const type = getNamedType(output)
  if (isLeafType(type)) return ''
  const hasErrors = (isObjectType(type) || isInterfaceType(type)) && 'errors' in type.getFields()
  return hasErrors ? ' { errors { code message ... on InvalidField { field } } }' : ' { __typename }'
}
