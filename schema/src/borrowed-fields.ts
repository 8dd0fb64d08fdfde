import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql'

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

const roots = new Set(['Query', 'Mutation', 'Subscription'])

/**
 * Fields that depend on another subgraph than their own: an entity with a non-null field of another subgraph. Each must
 * be nullable and have the id beside it, otherwise a whole page becomes null while that subgraph is down. Returns a
 * sentence for each violation.
 */
export function brittleFields(supergraph: string): readonly string[] {
  const types = new Map(
    parse(supergraph).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? [[node.name.value, node] as const]
        : [],
    ),
  )
  return [...types.values()].flatMap((type) =>
    (type.fields ?? []).flatMap((field) => {
      const entity = types.get(namedTypeOf(field.type))
      const owners = ownersOf(field, type)
      if (entity === undefined || !isEntity(entity) || !owners.some((owner) => borrows(entity, owner))) return []
      const place = `${type.name.value}.${field.name.value}`
      if (hasNonNull(field.type)) return [`${place} is completed by another subgraph and not nullable`]
      const id = idFieldOf(field)
      if (roots.has(type.name.value) || type.fields?.some(({ name }) => name.value === id) === true) return []
      return [`${place} is completed by another subgraph and has no ${id} beside it`]
    }),
  )
}

/** Whether the entity has a non-null field that this subgraph cannot resolve. */
const borrows = (entity: Composite, subgraph: string): boolean =>
  (entity.fields ?? []).some(
    (field) => field.type.kind === Kind.NON_NULL_TYPE && !ownersOf(field, entity).includes(subgraph),
  )

const isEntity = (type: Composite): boolean =>
  joins(type.directives, 'join__type').some((join) => argumentOf(join, 'key') !== undefined)

/** A field without a `@join__field` that names a graph is resolved by every subgraph that has the type. */
function ownersOf(field: FieldDefinitionNode, type: Composite): readonly string[] {
  const own = joins(field.directives, 'join__field').flatMap((join) => argumentOf(join, 'graph') ?? [])
  return own.length > 0 ? own : joins(type.directives, 'join__type').flatMap((join) => argumentOf(join, 'graph') ?? [])
}

const joins = (directives: readonly ConstDirectiveNode[] = [], name: string): readonly ConstDirectiveNode[] =>
  directives.filter((directive) => directive.name.value === name)

function argumentOf({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined {
  const value = given.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.ENUM || value?.kind === Kind.STRING ? value.value : undefined
}

/** `authorId` for `author`, `userIds` for a list `users`. */
const idFieldOf = ({ name, type }: FieldDefinitionNode): string =>
  isList(type) ? `${name.value.replace(/s$/, '')}Ids` : `${name.value}Id`

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.LIST_TYPE)

/** In a list too: one entity that cannot be completed must not make the whole list null. */
function hasNonNull(type: TypeNode): boolean {
  if (type.kind === Kind.LIST_TYPE) return hasNonNull(type.type)
  return type.kind === Kind.NON_NULL_TYPE && (type.type.kind === Kind.NAMED_TYPE || hasNonNull(type.type))
}

/** The type name without lists and exclamation marks. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type)
}
