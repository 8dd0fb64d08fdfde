import { randomUUID } from 'node:crypto'
import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { OperationSink, OperationSource } from '@parley/federation/operation-sink'
import { type Frame, type FrameSink, isOf, type Origin } from '@parley/federation/streams/frame'
import { SharedStreams } from '@parley/federation/streams/shared-streams'
import { takePlace } from '@parley/federation/streams/upstream-operation'
import { unavailable } from '@parley/platform/failures'
import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { withRequestContext } from '@parley/platform/logging/request-context'
import { Semaphore } from '@parley/platform/service/semaphore'
import type { GraphQLFormattedError } from 'graphql'
import { deadlineFromNow, type GatewayContext } from '../context'
import { shapeGraphQLError } from '../errors/shape-error'
import { toldBySubgraph } from '../errors/told-by-subgraph'
import type { Admission } from '../identity/identity'
import { limits } from '../limits'
import { Subgraphs } from '../subgraphs/subgraphs'
import { encode } from './event-answer'
import { EventStream, type UpstreamEvent } from './event-stream'
import { type Execute, FederatedSubscriptions, ownerOf } from './federated-subscriptions'
import { Pace } from './pace'
import type { PlannedSubscription } from './planned-subscription'
import { Repeats } from './repeats'
import { type SharedPlan, sharedPlanOf } from './shared-plan'
import { Upstreams } from './upstreams'

type Context = Omit<GatewayContext, 'deadline'>

const admitted: readonly GraphQLFormattedError[] = []

/**
 * Subscriptions of fields that their subgraph declares as shared: one upstream, one execution and one serialized frame
 * for all followers with the same operation and the same variables but the cursor.
 */
@Injectable()
export class SharedSubscriptions implements OnApplicationShutdown {
  readonly #streams = new SharedStreams<Admission>({ ...limits.sharedStreams, startMs: limits.streamStartMs })
  readonly #questions = new Semaphore(limits.sharedStreams.admission.atOnce)

  constructor(
    private readonly subscriptions: FederatedSubscriptions,
    private readonly upstreams: Upstreams,
    private readonly subgraphs: Subgraphs,
  ) {}

  /** Null for an operation that has to run for each viewer. */
  join(planned: PlannedSubscription, viewer: Admission, sink: OperationSink): OperationSource | null {
    const plan = sharedPlanOf(planned)
    const cursor = plan?.cursorOf(planned.values)
    if (plan === null || cursor === undefined) return null
    const variables = plan.variablesOf(planned.values)
    const key = `${plan.id} ${JSON.stringify(variables)}`
    return this.#streams.join(key, () => this.#originOf(planned, plan, variables), viewer, cursor, sink)
  }

  onApplicationShutdown(): void {
    this.#streams.close()
  }

  #originOf(
    planned: PlannedSubscription,
    plan: SharedPlan,
    variables: Readonly<Record<string, unknown>>,
  ): Origin<Admission> {
    const owner = ownerOf(planned)
    const { query, operationName, admission } = plan.upstream
    const repeats = new Repeats()
    return {
      follow: (viewer, after, sink) => {
        const context = contextOf(viewer)
        const { authorization, requestId } = context
        const payload = {
          query,
          ...(operationName === undefined ? {} : { operationName }),
          variables: plan.upstreamVariables(variables, after),
          extensions: { authorization, requestId },
        }
        const execute = this.subscriptions.executorOf({
          planned,
          variables: plan.clientVariables(variables, after),
          context,
        })
        const frames = new EventStream({
          open: (events) => this.upstreams.of(owner).subscribe(payload, events),
          execute: (...events) => framesOf(events, plan, context, execute, repeats),
          atOnce: limits.sharedStreams.framesAtOnce,
          pendingLimit: limits.pendingEvents,
          // The followers go on from the last frame that they have.
          onOverflow: () => sink.ended(shapeFor(context, [unavailable(undefined)])),
        })
        void send(frames, sink, context)
        return () => void frames.return()
      },
      admit: (viewer, after) =>
        this.#questions.run(async () => {
          const context = { ...contextOf(viewer), deadline: deadlineFromNow() }
          const body = JSON.stringify({ query: admission, variables: plan.upstreamVariables(variables, after) })
          const source = this.subgraphs.sourceOf(owner)
          const { data, errors } = await source.ask({ body, isWrite: false, missingPaths: () => [[]] }, context)
          if (data?.[plan.shared.field.admission] === true) return admitted
          return shapeFor(context, [toldBySubgraph(errors ?? [])])
        }),
    }
  }
}

const contextOf = ({ authorization, sessionId }: Admission): Context => ({
  requestId: randomUUID(),
  authorization,
  sessionId,
})

/**
 * Events as all followers get them. Rejects when the subgraph does not say where one stands, and when the sponsor may not
 * see what the others may: the stream goes on from there under the identity of another.
 */
async function framesOf(
  events: readonly UpstreamEvent[],
  plan: SharedPlan,
  context: Context,
  execute: Execute,
  repeats: Repeats,
): Promise<readonly Frame[]> {
  const places = events.map((event) => {
    const place = takePlace(event.data, plan.shared.responseName)
    if (place === null) throw isRefusal(event) ? toldBySubgraph(event.errors ?? []) : spoiled(event)
    return { event, place }
  })
  const answers = await execute(events)
  return places.flatMap(({ event, place }, index) => {
    const answer = answers[index]
    if (answer === undefined) return []
    const errors = answer.errors.length === 0 ? [] : shapeFor(context, answer.errors)
    if (isOf('auth', errors) && repeats.take(place.position)) throw unavailable(undefined)
    return {
      ...place,
      result: encode(answer, () => errors),
      isWhole: errors.length === 0 && event.errors === undefined,
    }
  })
}

/** What graphql-js answers when there is no stream. An event that has failed has data, if only null. */
const isRefusal = ({ data }: UpstreamEvent): boolean => data === undefined

/** It is nobody's fault: whoever is the sponsor gets this event. */
const spoiled = ({ errors = [] }: UpstreamEvent): Error =>
  new Error(`An event of a shared subscription does not say where it stands: ${errors[0]?.message ?? 'no reason'}`)

/** Frames that are ready together are sent together, and so in one write for each socket. */
async function send(frames: EventStream<readonly Frame[]>, sink: FrameSink, context: Context): Promise<void> {
  try {
    const pace = new Pace()
    for await (const batch of frames) {
      let ready: Frame[] = []
      for (const frame of batch) {
        ready.push(frame)
        const rest = pace.sent(frame.result)
        if (rest === undefined) continue
        sink.frames(ready)
        ready = []
        await rest
      }
      if (ready.length > 0) sink.frames(ready)
    }
    sink.ended([])
  } catch (error) {
    sink.ended(shapeFor(context, [error]))
  } finally {
    // A loop does not close what has failed itself.
    void frames.return()
  }
}

const shapeFor = (context: Context, errors: readonly unknown[]): readonly GraphQLFormattedError[] =>
  withRequestContext(context, () => errors.map((error) => shapeGraphQLError(asGraphQLError(error))))
