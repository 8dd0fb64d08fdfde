import { type DirectiveNode, type DocumentNode, type FieldNode, Kind, print, visit } from 'graphql'

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

/**
 * The document without what no subgraph is asked for: introspection, which executors answer from the schema, and
 * what a constant condition takes away. The Rust planner finds no plan where nothing else is left.
 */
export function plannable(document: DocumentNode, text: string): string {
  if (!/__schema|__type\b|@skip|@include/.test(text)) return text
  const rest = visit(document, {
    Field: ({ name, directives = [] }) => {
      const isAsked = name.value !== '__schema' && name.value !== '__type' && !directives.some(takesAway)
      if (isAsked) return undefined
      return typename
    },
    InlineFragment: ({ directives = [] }) => (directives.some(takesAway) ? typename : undefined),
    FragmentSpread: ({ directives = [] }) => (directives.some(takesAway) ? typename : undefined),
  })
  return rest === document ? text : print(rest)
}

function takesAway({ name, arguments: [condition] = [] }: DirectiveNode): boolean {
  if (condition?.value.kind !== Kind.BOOLEAN) return false
  return name.value === 'skip' ? condition.value.value : name.value === 'include' && !condition.value.value
}

/** Numbers of graphql-js that are none of Rust's: integers of more than 64 bits, and what is infinite as a double. */
export function hasUnreadableNumber(document: DocumentNode, text: string): boolean {
  if (!/\d{16}|[eE]\+?\d{3}/.test(text)) return false
  let found = false
  visit(document, {
    IntValue: ({ value }) => void (found ||= BigInt.asIntN(64, BigInt(value)) !== BigInt(value)),
    FloatValue: ({ value }) => void (found ||= !Number.isFinite(Number(value))),
  })
  return found
}
