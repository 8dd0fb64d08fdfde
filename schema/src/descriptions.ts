import { Kind, parse, visit } from 'graphql'
import type { ASTNode } from 'graphql'

/** Names that federation adds to a schema. */
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

/** The coordinates (`Type.field(argument)`) of everything without a description. */
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
      if (!('description' in node && node.description)) missing.push(path.join('.'))
      return undefined
    },
    leave: (node) => {
      if (described.has(node.kind)) path.pop()
    },
  })
  return missing
}

/** The coordinates that two subgraphs describe differently: composition would keep only one description. */
export function disagreeing(sdls: readonly string[]): readonly string[] {
  const known = new Map<string, string>()
  const places = new Set<string>()
  for (const sdl of sdls)
    for (const [place, description] of descriptionsIn(sdl)) {
      if ((known.get(place) ?? description) !== description) places.add(place)
      known.set(place, description)
    }
  return [...places]
}

function descriptionsIn(sdl: string): readonly (readonly [string, string])[] {
  return parse(sdl).definitions.flatMap((type) => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return []
    const name = nameOf(type)
    const nodes = [type, ...(type.fields ?? [])] as const
    return nodes.flatMap((node): (readonly [string, string])[] => {
      const place = node === type ? name : `${name}.${nameOf(node)}`
      return builtIn.test(nameOf(node)) ? [] : [[place, node.description?.value ?? '']]
    })
  })
}

const nameOf = (node: ASTNode): string => ('name' in node && node.name && 'value' in node.name ? node.name.value : '')
