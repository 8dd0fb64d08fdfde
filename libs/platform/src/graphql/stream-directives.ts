import {
  type ConstDirectiveNode,
  type ConstListValueNode,
  type DocumentNode,
  Kind,
  parse,
  type SchemaExtensionNode,
  visit,
} from 'graphql'

/** The directives by which a subgraph tells the gateway how its subscriptions may be shared (decision 16). */
const specification = 'https://parley.chat/streams/v1.0'

const definitions: Readonly<Record<string, string>> = {
  shared:
    'directive @shared(cursor: String!, position: String!, endsFor: String, forgets: String, admission: String!) on FIELD_DEFINITION',
  perViewer: 'directive @perViewer on FIELD_DEFINITION | OBJECT | INTERFACE',
}

/**
 * Links and defines those that a schema uses, and has composition keep them in the supergraph: Nest's own printer
 * writes the link of federation only.
 */
export function withStreamDirectives(document: DocumentNode): DocumentNode {
  const used = usedIn(document)
  if (used.length === 0) return document
  const [link, ...composed] = parsedDirectives(
    `@link(url: "${specification}", import: [${used.map((name) => `"@${name}"`).join(', ')}])`,
    ...used.map((name) => `@composeDirective(name: "@${name}")`),
  )
  const linked: DocumentNode = visit(document, {
    SchemaExtension: (node) => ({
      ...node,
      directives: [
        ...(node.directives ?? []).map(importingCompose),
        ...(link === undefined ? [] : [link]),
        ...composed,
      ],
    }),
  })
  const defined = parse(used.map((name) => definitions[name]).join('\n')).definitions
  return { ...linked, definitions: [...linked.definitions, ...defined] }
}

function usedIn(document: DocumentNode): readonly string[] {
  const used = new Set<string>()
  visit(document, { Directive: ({ name }) => void used.add(name.value) })
  return Object.keys(definitions).filter((name) => used.has(name))
}

function parsedDirectives(...texts: readonly string[]): readonly ConstDirectiveNode[] {
  const [extension] = parse(`extend schema ${texts.join(' ')}`).definitions as readonly SchemaExtensionNode[]
  return extension?.directives ?? []
}

/** The link of federation has to import `@composeDirective`. */
const importingCompose = (directive: ConstDirectiveNode): ConstDirectiveNode =>
  isFederationLink(directive)
    ? visit(directive, {
        ListValue: (list) =>
          ({
            ...list,
            values: [{ kind: Kind.STRING, value: '@composeDirective' }, ...list.values],
          }) as ConstListValueNode,
      })
    : directive

const isFederationLink = ({ arguments: given = [] }: ConstDirectiveNode): boolean =>
  given.some(({ value }) => value.kind === Kind.STRING && value.value.startsWith('https://specs.apollo.dev/federation'))
