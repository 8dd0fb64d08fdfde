import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import { getVariableValues, type GraphQLSchema } from 'graphql'
import type { GatewayContext } from '../context'
import type { KnownOperation } from '../documents/known-document'
import { type Subgraphs } from '../subgraphs/subgraphs'
import type { Epoch } from './epoch'
import type { SupergraphSource } from './supergraph-source'

type RequestContext = Parameters<typeof executeQueryPlan>[2]
type Answer = Awaited<ReturnType<typeof executeQueryPlan>>

interface SchemaContext {
  readonly apiSchema: GraphQLSchema
  readonly coreSupergraphSdl: string
}
type Listener = (context: SchemaContext) => void

interface Admitted {
  readonly epoch: Epoch
  readonly operation: KnownOperation
}
const admitted = new WeakMap<GatewayContext, Admitted>()

/** Says what was planned for the operation that is executed with this context. */
export const plannedFor = (context: GatewayContext, operation: Admitted): void => void admitted.set(context, operation)

/**
 * The gateway of Apollo Server, over what an epoch has already: plans are executed by the gateway package, but its own
 * class would build each supergraph a second time, build a planner that is never asked, and report to Apollo.
 */
export class EpochGateway {
  readonly #listeners = new Set<Listener>()

  constructor(
    private readonly supergraph: SupergraphSource,
    private readonly subgraphs: Subgraphs,
  ) {}

  onSchemaLoadOrUpdate(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async load(): Promise<{ executor: (request: RequestContext) => Promise<Answer> }> {
    await this.supergraph.start((epoch) => this.#tell(epoch))
    this.#tell(this.supergraph.epoch)
    return { executor: (request) => this.#execute(request) }
  }

  async stop(): Promise<void> {
    await this.supergraph.stop()
  }

  #tell({ schema, sdl }: Epoch): void {
    for (const listener of this.#listeners) listener({ apiSchema: schema, coreSupergraphSdl: sdl })
  }

  async #execute(requestContext: RequestContext): Promise<Answer> {
    const { request, document, context } = requestContext
    const planned = admitted.get(context as GatewayContext)
    if (planned === undefined) throw new Error('An operation came past its admission')
    const { epoch, operation } = planned
    const operationContext = buildOperationContext({
      schema: epoch.schema,
      operationDocument: document,
      ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    })
    const { variableDefinitions = [] } = operation.definition
    const { errors } = getVariableValues(epoch.schema, variableDefinitions, request.variables ?? {})
    if (errors !== undefined) return { errors }
    const services: ServiceMap = this.subgraphs.servicesIn(epoch)
    const { supergraphSchema, apiSchema } = epoch
    return await executeQueryPlan(
      operation.plan,
      services,
      requestContext,
      operationContext,
      supergraphSchema,
      apiSchema,
    )
  }
}
