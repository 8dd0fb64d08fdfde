import { Kind, parse, visit } from 'graphql'
import type { ASTNode } from 'graphql'

/** What federation itself puts into a schema. */
const builtIn = /^(_|link__|federation__|join__)/

const described = new Set<string>([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
])

const roots = new Set(['Query', 'Mutation', 'Subscription'])

/** The coordinates (`Type.field(argument)`) of everything that lacks a description. */
export function undescribed(sdl: string): readonly string[] {
  const missing: string[] = []
  const path: string[] = []
  visit(parse(sdl), {
    DirectiveDefinition: () => false,
    enter: (node) => {
      if (!described.has(node.kind)) return undefined
      const name = nameOf(node)
      if (builtIn.test(name)) return false
      path.push(name)
      if (!roots.has(path.join('.')) && !('description' in node && node.description)) missing.push(path.join('.'))
      return undefined
    },
    leave: (node) => {
      if (described.has(node.kind)) path.pop()
    },
  })
  return missing
}

const nameOf = (node: ASTNode): string => ('name' in node && node.name && 'value' in node.name ? node.name.value : '')
