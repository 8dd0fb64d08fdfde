import type { QueryPlan } from '@apollo/query-planner'
import type { DocumentNode, GraphQLSchema } from 'graphql'

/** Plans operations over the supergraph that it was made of. */
export interface Planner {
  /** What clients may ask for. Descriptions may be missing. */
  readonly apiSchema: GraphQLSchema
  /**
   * The plan of an operation of a valid document, whose text is given as well; the name is empty for an anonymous
   * operation. Throws when there is none.
   */
  plan(document: DocumentNode, text: string, operationName: string): QueryPlan
}
