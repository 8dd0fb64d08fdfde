import type { CompiledOperation, OperationAnswer } from '@parley/federation/operations/compile-operation'
import { isAbsentOrJsonObject, isAbsentOrText, isJsonObject } from '@parley/federation/operations/json-value'
import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { Injectable } from '@nestjs/common'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OperationTypeNode } from 'graphql'
import type { GatewayContext } from '../context'
import type { Variables } from '../documents/amount'
import { costWithin } from '../documents/cost'
import type { KnownOperation } from '../documents/known-document'
import { isSent, sentDocument } from '../documents/sent-document'
import { asMissing } from '../errors/missing-values'
import { shapeGraphQLError } from '../errors/shape-error'
import { RateLimited, RateLimits } from '../rate-limits'
import { Subgraphs } from '../subgraphs/subgraphs'
import type { Epoch } from '../supergraph/epoch'
import { SupergraphSource } from '../supergraph/supergraph-source'
import { answerTypeFor, asksForPlainJson } from './answer-type'
import { contextOf } from './turnstile'

/** An operation that can be run at once. */
interface Ready {
  readonly epoch: Epoch
  readonly compiled: CompiledOperation
  readonly variables: Variables
  readonly context: GatewayContext
  readonly type: string
}

type Body = Readonly<Record<'query' | 'variables' | 'operationName' | 'extensions', unknown>>

/**
 * Answers operations that were seen before by their compiled plans, without Apollo Server. Whatever is new, wrong or
 * unusual in a request is left to it, and so are all refusals.
 */
@Injectable()
export class ShortWay {
  #answered = 0

  constructor(
    private readonly supergraph: SupergraphSource,
    private readonly subgraphs: Subgraphs,
    private readonly rates: RateLimits,
  ) {}

  /** How many operations have been answered here. */
  get answered(): number {
    return this.#answered
  }

  /** False when this request is left to Apollo Server. */
  take(request: FastifyRequest, reply: FastifyReply): boolean {
    const ready = this.#ready(request)
    if (ready === undefined) return false
    this.#answered++
    void this.#answer(ready, request, reply)
    return true
  }

  #ready(request: FastifyRequest): Ready | undefined {
    const { headers } = request
    const type = answerTypeFor(headers.accept)
    const body = headers['content-type']?.startsWith('application/json') ? request.body : undefined
    if (type === undefined || !isJsonObject(body)) return undefined
    const { query, variables, operationName, extensions } = body as Body
    if (!isAbsentOrText(query) || !isAbsentOrText(operationName) || operationName === '') return undefined
    if (!isAbsentOrJsonObject(variables) || !isAbsentOrJsonObject(extensions)) return undefined
    const sent = sentDocument(query, extensions)
    const known = isSent(sent) ? this.supergraph.documents.seen(sent) : undefined
    if (known === undefined) return undefined
    const [only] = known.operations.size === 1 ? known.operations.values() : []
    const operation = operationName ? known.operations.get(operationName) : only
    const compiled = operation && this.#compiledFor(operation, variables ?? {})
    const cost = operation && costWithin(operation.cost, variables ?? {})
    if (operation === undefined || !compiled || typeof cost !== 'number') return undefined
    const context = contextOf(request)
    if (!this.#isWithinRate(operation, cost, context)) return undefined
    return { epoch: known.epoch, compiled, variables: variables ?? {}, context, type }
  }

  #compiledFor(operation: KnownOperation, variables: Variables): CompiledOperation | null {
    if (operation.definition.operation === OperationTypeNode.SUBSCRIPTION) return null
    const compiled = operation.compiled()
    return compiled?.accepts(variables) ? compiled : null
  }

  #isWithinRate({ definition }: KnownOperation, cost: number, context: GatewayContext): boolean {
    try {
      this.rates.takeCost(context, cost, definition.operation === OperationTypeNode.MUTATION)
      return true
    } catch (error) {
      if (error instanceof RateLimited) return false
      throw error
    }
  }

  async #answer(
    { epoch, compiled, variables, context, type }: Ready,
    { headers }: FastifyRequest,
    reply: FastifyReply,
  ) {
    void reply.header('cache-control', 'no-store').header('content-type', type)
    try {
      const answer = await compiled.run(variables, this.subgraphs.askIn(epoch, context))
      if (answer.data === undefined && !asksForPlainJson(headers.accept ?? '')) void reply.code(400)
      void reply.send(textOf(answer))
    } catch (error) {
      void reply.code(500).send(textOf({ data: undefined, errors: [error as Error], missing: [] }))
    }
  }
}

/** Registered before the route of Apollo Server. */
export function addShortWay(fastify: FastifyInstance, shortWay: ShortWay): void {
  fastify.addHook('onRoute', (route) => {
    if (route.url !== '/graphql' || ![route.method].flat().includes('POST')) return
    route.preHandler = [
      ...[route.preHandler ?? []].flat(),
      (request, reply, done) => {
        if (request.method !== 'POST' || !shortWay.take(request, reply)) done()
      },
    ]
  })
}

/** In the order of Apollo Server, and ended like its answers. */
function textOf({ data, errors, missing }: OperationAnswer): string {
  const all = [...errors.map(asGraphQLError), ...missing.map(asMissing)].map(shapeGraphQLError)
  const parts = [
    ...(all.length === 0 ? [] : [`"errors":${JSON.stringify(all)}`]),
    ...(data === undefined ? [] : [`"data":${data}`]),
  ]
  return `{${parts.join(',')}}\n`
}
