import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import type { FetchNode, QueryPlan } from '@apollo/query-planner'
import { Injectable } from '@nestjs/common'
import type { CompiledEvents } from '@parley/federation/operations/compile-operation'
import type { AskSubgraph } from '@parley/federation/operations/execution'
import { joinedFetches } from '@parley/federation/operations/joined-fetches'
import { withRequestContext } from '@parley/platform/logging/request-context'
import { Semaphore } from '@parley/platform/service/semaphore'
import type { SubscribePayload } from 'graphql-ws'
import { deadlineFromNow, type GatewayContext } from '../context'
import { asMissing, liftMissingValues } from '../errors/missing-values'
import { limits } from '../limits'
import type { SubgraphAddress } from '../subgraphs/subgraph-data-source'
import { Subgraphs } from '../subgraphs/subgraphs'
import { type EventAnswer, isLost } from './event-answer'
import { EventStream, type UpstreamEvent } from './event-stream'
import type { PlannedSubscription } from './planned-subscription'
import { Upstreams } from './upstreams'

type RequestContext = Parameters<typeof executeQueryPlan>[2]

/** An operation, and under whose identity it runs. */
export interface SubscribedOperation {
  readonly planned: PlannedSubscription
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: Omit<GatewayContext, 'deadline'>
}

/** One subscriber's operation. */
export interface Subscriber extends SubscribedOperation {
  readonly onOverflow: () => void
}

/** Answers for each event, in their order; the events are left as they are. */
export type Execute = (events: readonly UpstreamEvent[]) => Promise<readonly EventAnswer[]>

const retryWaitsMs = [200, 600, 1_800]

/** The owner of the subscription in the plan: its answer is the event that just arrived. */
const eventSource = '(event)'

/**
 * Runs subscriptions over several subgraphs: the owner's stream provides the events, and each event goes through the
 * rest of the plan as if the owner had just answered a query with it.
 */
@Injectable()
export class FederatedSubscriptions {
  readonly #executions = new Semaphore(limits.executions)

  constructor(
    private readonly upstreams: Upstreams,
    private readonly subgraphs: Subgraphs,
  ) {}

  open(subscriber: Subscriber): EventStream<readonly EventAnswer[]> {
    const { planned, variables, context } = subscriber
    const { primary } = planned.plan
    const upstream = this.upstreams.of(ownerOf(planned))
    const execute = this.executorOf(subscriber)
    return new EventStream({
      open: (sink) => upstream.subscribe(payloadOf(primary, variables, context), sink),
      execute: async (...events) => await execute(events),
      pendingLimit: limits.pendingEvents,
      onOverflow: subscriber.onOverflow,
    })
  }

  /** Brings events through the rest of the plan. */
  executorOf(operation: SubscribedOperation): Execute {
    const { compiled, plan } = operation.planned
    const execute = compiled === null ? this.#planExecutorOf(operation) : this.#compiledExecutorOf(operation, compiled)
    // Nothing is asked of another subgraph, so nothing can be missing for the moment.
    return plan.rest === undefined ? execute : (events) => this.#complete(events, execute)
  }

  /**
   * Events are delivered once. Fields of another subgraph that is down are sent as errors at once. If nothing would be
   * left of the event, it is retried for a moment, long enough for a restart.
   */
  async #complete(events: readonly UpstreamEvent[], execute: Execute): Promise<readonly EventAnswer[]> {
    const answers = [...(await this.#executions.run(() => execute(events)))]
    for (const waitMs of retryWaitsMs) {
      const lost = answers.flatMap((answer, index) => {
        const event = events[index]
        return event !== undefined && event.errors === undefined && isLost(answer) ? [{ event, index }] : []
      })
      if (lost.length === 0) break
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      const again = await this.#executions.run(() => execute(lost.map(({ event }) => event)))
      for (const [place, answer] of again.entries()) answers[lost[place]?.index ?? 0] = answer
    }
    return answers
  }

  #compiledExecutorOf({ planned, variables, context }: SubscribedOperation, compiled: CompiledEvents): Execute {
    const one = async (event: UpstreamEvent, ask: AskSubgraph): Promise<EventAnswer> => {
      try {
        const { data, errors, missing } = await compiled.run(
          { data: event.data ?? null, ...errorsOf(event) },
          variables,
          ask,
        )
        return { data, errors: [...errors.map(asGraphQLError), ...missing.map(asMissing)] }
      } catch (error) {
        return { data: undefined, errors: [asGraphQLError(error)] }
      }
    }
    return (events) =>
      withRequestContext(context, () => {
        const ask = this.subgraphs.askIn(planned.epoch, { ...context, deadline: deadlineFromNow() })
        const together = events.length === 1 ? ask : joinedFetches(ask)
        return Promise.all(events.map((event) => one(event, together)))
      })
  }

  /** By the gateway package's public executor. */
  #planExecutorOf({ planned, variables, context }: SubscribedOperation): Execute {
    const { epoch, document, operationName } = planned
    const plan = planOf(planned)
    const services = this.subgraphs.servicesIn(epoch)
    const operationContext = buildOperationContext({
      schema: epoch.schema,
      operationDocument: document,
      ...(operationName === undefined ? {} : { operationName }),
    })
    const request = { variables: { ...variables }, ...(operationName === undefined ? {} : { operationName }) }
    const one = async (event: UpstreamEvent): Promise<EventAnswer> => {
      // The executor reads only this part of a request; the rest of the type is Apollo Server's.
      const ofThisEvent: GatewayContext = { ...context, deadline: deadlineFromNow() }
      const requestContext = {
        request,
        context: ofThisEvent,
        metrics: {},
        logger: console,
      } as unknown as RequestContext
      // Execution mutates its input.
      const copy = structuredClone(event)
      const source = { process: async () => ({ data: copy.data ?? null, ...errorsOf(copy) }) }
      const serviceMap: ServiceMap = { ...services, [eventSource]: source }
      try {
        const { supergraphSchema, apiSchema } = epoch
        const { data, errors = [] } = liftMissingValues(
          await executeQueryPlan(plan, serviceMap, requestContext, operationContext, supergraphSchema, apiSchema),
        )
        return { data: data === undefined ? undefined : JSON.stringify(data), errors }
      } catch (error) {
        return { data: undefined, errors: [asGraphQLError(error)] }
      }
    }
    return (events) => withRequestContext(context, () => Promise.all(events.map(one)))
  }
}

/** The subgraph whose field is subscribed to. */
export function ownerOf({ epoch, plan }: PlannedSubscription): SubgraphAddress {
  const name = plan.primary.serviceName
  return epoch.subgraphs.find((subgraph) => subgraph.name === name) ?? { name, url: '' }
}

function planOf({ plan: { primary, rest } }: PlannedSubscription): QueryPlan {
  const event: FetchNode = { ...primary, serviceName: eventSource }
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest === undefined ? [event] : [event, rest] } }
}

/** Identity is sent with every operation, because all clients share the connection. */
function payloadOf(
  primary: FetchNode,
  variables: Subscriber['variables'],
  context: Subscriber['context'],
): SubscribePayload {
  const used = (primary.variableUsages ?? []).filter(
    (name) => Object.hasOwn(variables, name) && variables[name] !== undefined,
  )
  return {
    query: primary.operation,
    ...(primary.operationName === undefined ? {} : { operationName: primary.operationName }),
    variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
    extensions: { authorization: context.authorization, requestId: context.requestId },
  }
}

const errorsOf = ({ errors }: UpstreamEvent): Pick<UpstreamEvent, 'errors'> => (errors === undefined ? {} : { errors })
