import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'

/** The gateway's plans have a few hundred texts; a parsed document takes about fifty times the memory of its text. */
const maxCharacters = 1024 * 1024

export interface KnownDocumentsOptions {
  /** As for Apollo Server, which answers the same documents over HTTP. */
  readonly introspection: boolean
  readonly maxCharacters?: number
}

/**
 * Valid documents by their text, so that each is parsed and validated once. The least recently used are evicted when
 * the texts together are too long; refused documents are not kept.
 */
export class KnownDocuments {
  readonly #documents = new Map<string, DocumentNode>()
  readonly #rules
  readonly #maxCharacters: number
  #characters = 0

  constructor(
    private readonly schema: GraphQLSchema,
    options: KnownDocumentsOptions,
  ) {
    this.#rules = options.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
    this.#maxCharacters = options.maxCharacters ?? maxCharacters
  }

  /** The document, or what is wrong with it. Throws what the parser throws. */
  read(text: string): DocumentNode | readonly GraphQLError[] {
    const known = this.#documents.get(text)
    if (known !== undefined) {
      this.#documents.delete(text)
      this.#documents.set(text, known)
      return known
    }
    const document = parse(text)
    const faults = validate(this.schema, document, this.#rules)
    if (faults.length > 0) return faults
    this.#keep(text, document)
    return document
  }

  #keep(text: string, document: DocumentNode): void {
    if (text.length > this.#maxCharacters) return
    this.#documents.set(text, document)
    this.#characters += text.length
    for (const [oldest] of this.#documents) {
      if (this.#characters <= this.#maxCharacters) return
      this.#documents.delete(oldest)
      this.#characters -= oldest.length
    }
  }
}

export const isDocument = (read: DocumentNode | readonly GraphQLError[]): read is DocumentNode => 'kind' in read
