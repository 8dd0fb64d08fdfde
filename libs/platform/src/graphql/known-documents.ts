import { hash as digest } from 'node:crypto'
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

interface Known {
  readonly text: string
  readonly document: DocumentNode
  hash: string | undefined
}

/**
 * Valid documents by their text, so that each is parsed and validated once. The least recently used are evicted when
 * the texts together are too long; refused documents are not kept.
 */
export class KnownDocuments {
  readonly #documents = new Map<string, Known>()
  readonly #byHash = new Map<string, Known>()
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
    if (known !== undefined) return this.#used(known)
    const document = parse(text)
    const faults = validate(this.schema, document, this.#rules)
    if (faults.length > 0) return faults
    if (text.length <= this.#maxCharacters) this.#keep({ text, document, hash: undefined })
    return document
  }

  /** A document that `learn` has been told of; undefined for any other, and for one that has been evicted. */
  withHash(hash: string): DocumentNode | undefined {
    const known = this.#byHash.get(hash)
    return known && this.#used(known)
  }

  /** From now on a kept document is found by the SHA-256 of its text, in hex. A wrong one is ignored. */
  learn(text: string, hash: string): void {
    const known = this.#documents.get(text)
    if (known === undefined || known.hash === hash) return
    if (digest('sha256', text) !== hash) return
    known.hash = hash
    this.#byHash.set(hash, known)
  }

  #used(known: Known): DocumentNode {
    this.#documents.delete(known.text)
    this.#documents.set(known.text, known)
    return known.document
  }

  #keep(known: Known): void {
    this.#documents.set(known.text, known)
    this.#characters += known.text.length
    for (const [text, { hash }] of this.#documents) {
      if (this.#characters <= this.#maxCharacters) return
      this.#documents.delete(text)
      if (hash !== undefined) this.#byHash.delete(hash)
      this.#characters -= text.length
    }
  }
}

export const isDocument = (read: DocumentNode | readonly GraphQLError[]): read is DocumentNode => 'kind' in read
