import { type Schema, Supergraph } from '@apollo/federation-internals'
import type { Schemas } from '@parley/federation/operations/compile-operation'
import { type Declarations, declarationsOf } from '@parley/federation/streams/declarations'
import { type GraphQLSchema, parse } from 'graphql'
import { CostModel } from '../documents/cost-model'

/** Everything that is derived from one supergraph. A stream keeps the epoch that it was planned in. */
export class Epoch {
  readonly supergraphSchema: GraphQLSchema
  readonly apiSchema: Schema
  readonly schema: GraphQLSchema
  /** The same three for compiled operations. */
  readonly schemas: Schemas
  readonly subgraphs: ReturnType<Supergraph['subgraphsMetadata']>
  readonly costs: CostModel
  readonly streams: Declarations

  constructor(readonly sdl: string) {
    const supergraph = Supergraph.build(sdl, { validateSupergraph: true })
    this.supergraphSchema = supergraph.schema.toGraphQLJSSchema()
    this.apiSchema = supergraph.apiSchema()
    this.schema = this.apiSchema.toGraphQLJSSchema()
    this.schemas = { supergraph: this.supergraphSchema, api: this.schema, apollo: this.apiSchema }
    this.subgraphs = supergraph.subgraphsMetadata()
    this.costs = new CostModel(supergraph)
    this.streams = declarationsOf(parse(sdl, { noLocation: true }))
  }
}
