import { buildASTSchema, type DefinitionNode, type GraphQLSchema, Kind, parse } from 'graphql'

/** The Rust planner lists introspection among the fields and types of its schema; graphql-js has it in every schema. */
export function apiSchemaOf(consumerSchema: string): GraphQLSchema {
  const { kind, definitions } = parse(consumerSchema, { noLocation: true })
  const own = definitions.flatMap((definition): DefinitionNode[] => {
    if ('name' in definition && definition.name?.value.startsWith('__') === true) return []
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [definition]
    const fields = definition.fields?.filter(({ name }) => !name.value.startsWith('__')) ?? []
    return [{ ...definition, fields }]
  })
  return buildASTSchema({ kind, definitions: own }, { assumeValid: true })
}
