import { Injectable, Logger } from '@nestjs/common'
import type { OperationSource } from '@parley/federation/operation-sink'
import type { SubscribePayload } from '@parley/federation/sockets/messages'
import type { TransportHooks } from '@parley/federation/sockets/transport-server'
import { DomainError } from '@parley/kernel/errors'
import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { FollowedOperation } from '@parley/platform/logging/follow-operations'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import { isBlamed, isKnown } from '../documents/memory'
import { isSent, sentDocument } from '../documents/sent-document'
import { shapeGraphQLError } from '../errors/shape-error'
import { type Admission, Identity } from '../identity/identity'
import { limits } from '../limits'
import { RateLimits } from '../rate-limits'
import { SupergraphSource } from '../supergraph/supergraph-source'
import { type Client, type ClientConnection, type ClientOperation, refusals } from './client'
import { encode, type EventAnswer } from './event-answer'
import type { EventStream } from './event-stream'
import { FederatedSubscriptions, type Subscriber } from './federated-subscriptions'
import { Pace } from './pace'
import { Places } from './places'
import { planSubscription } from './planned-subscription'
import { SharedSubscriptions } from './shared-subscriptions'
import { FollowerSink } from './follower-sink'

type Entry = 'admitted' | 'forbidden' | 'crowded' | 'later'

/** Subscriptions of sockets and event streams: admission, planning, streams and error shaping. */
@Injectable()
export class SubscriptionProtocol {
  readonly #logger = new Logger(SubscriptionProtocol.name)

  constructor(
    private readonly identity: Identity,
    private readonly supergraph: SupergraphSource,
    private readonly subscriptions: FederatedSubscriptions,
    private readonly shared: SharedSubscriptions,
    private readonly rates: RateLimits,
    private readonly places: Places,
  ) {}

  hooks(): TransportHooks<Client, FollowedOperation> {
    return {
      admit: (connection) => this.#admit(connection),
      subscribe: (operation, payload) => {
        const isOneTooMany = operation.connection.operations > limits.subscriptionsPerSocket
        void this.subscribe(operation, payload, isOneTooMany)
      },
      ended: ({ data }) => data?.ended(),
      closed: ({ client }) => this.leave(client),
      gone: ({ client }) => this.places.leave(client.network),
      failed: (connection, error) => {
        const requestId = connection?.client.requestId
        this.#logger.error({ err: error, requestId }, 'A message on a socket could not be handled')
        connection?.close(refusals.later)
      },
    }
  }

  /** Admits a client, which then has a place of its session until it leaves. */
  async admit(client: Client): Promise<Entry> {
    try {
      const admission = await this.identity.admit(client.takeHeaders())
      if (admission === null) return 'forbidden'
      // It may have left meanwhile.
      if (client.hasLeft) return 'later'
      if (!this.places.takeOf(admission.sessionId)) return 'crowded'
      client.admission = admission
      return 'admitted'
    } catch (error) {
      this.#logger.warn({ err: error, requestId: client.requestId }, 'Clients cannot be admitted at the moment')
      return 'later'
    }
  }

  leave(client: Client): void {
    client.hasLeft = true
    if (client.admission !== undefined) this.places.leaveOf(client.admission.sessionId)
  }

  /** An error of an operation, thrown or returned, ends that operation and not its socket. */
  async subscribe(operation: ClientOperation, payload: SubscribePayload, isOneTooMany = false): Promise<void> {
    const followed = new FollowedOperation(payload)
    operation.data = followed
    await followed.run(async () => {
      try {
        const subscriber = await this.#prepare(operation, followed, payload, isOneTooMany)
        if (isRefusal(subscriber)) fail(operation, subscriber)
        else if (operation.isOpen) this.#start(operation, subscriber)
      } catch (error) {
        fail(operation, [asGraphQLError(error)])
      }
    })
  }

  async #admit(connection: ClientConnection): Promise<boolean> {
    const entry = await this.admit(connection.client)
    if (entry === 'crowded' || entry === 'later') connection.close(refusals[entry])
    connection.expiresAt = expiryOf(connection.client)
    return entry !== 'forbidden'
  }

  #start(operation: ClientOperation, subscriber: Subscriber): void {
    operation.data?.subscribed()
    const { admission } = operation.client
    const sink = new FollowerSink(operation)
    const shared = admission === undefined ? null : this.shared.join(subscriber.planned, admission, sink)
    if (shared !== null) {
      operation.from(shared)
      return
    }
    const stream = this.subscriptions.open(subscriber)
    operation.from(sourceOf(stream))
    void send(stream, operation)
  }

  async #prepare(
    operation: ClientOperation,
    { requestId }: FollowedOperation,
    payload: SubscribePayload,
    isOneTooMany: boolean,
  ): Promise<Subscriber | readonly GraphQLError[]> {
    const { client } = operation
    const { sessionId, authorization } = this.#counted(client, isOneTooMany)
    const sent = sentDocument(payload.query, payload.extensions)
    if (!isSent(sent)) return sent
    const outcome = await this.supergraph.documents.admit(sent, {
      session: sessionId,
      address: client.network,
    })
    if (isBlamed(outcome)) this.rates.countRefusal({ sessionId })
    if (!isKnown(outcome)) return outcome
    const variables = payload.variables ?? {}
    const planned = planSubscription(outcome, payload.operationName ?? undefined, variables)
    if (!('plan' in planned)) return planned
    this.rates.takeCost({ sessionId }, planned.cost)
    return {
      planned,
      variables,
      context: { requestId, authorization, sessionId },
      onOverflow: () => operation.overflow(),
    }
  }

  /** Throws when this operation is one too many. */
  #counted({ admission }: Client, isOneTooMany: boolean): Admission {
    if (admission === undefined) throw new DomainError('auth', 'UNAUTHENTICATED', 'Sign in to do this.')
    this.rates.takeOperation(admission)
    if (!isOneTooMany) return admission
    throw new DomainError(
      'temporary',
      'RATE_LIMITED',
      `One socket carries at most ${limits.subscriptionsPerSocket} subscriptions.`,
    )
  }
}

/** The time (milliseconds since the epoch) until which a client is admitted. */
export const expiryOf = ({ admission }: Client): number =>
  admission === undefined ? Infinity : admission.expiresAt * 1_000

const isRefusal = (prepared: Subscriber | readonly GraphQLError[]): prepared is readonly GraphQLError[] =>
  Array.isArray(prepared)

function fail(operation: ClientOperation, errors: readonly GraphQLError[]): void {
  if (!operation.isOpen) return
  const shaped = shape(operation, errors)
  operation.data?.failed(shaped)
  operation.error(shaped)
}

const sourceOf = (stream: EventStream<readonly EventAnswer[]>): OperationSource => ({
  stop: () => void stream.return(),
})

/** Results are sent as they come: nothing waits for a slow reader, whom the connection closes at its limit. */
async function send(stream: EventStream<readonly EventAnswer[]>, operation: ClientOperation): Promise<void> {
  try {
    const pace = new Pace()
    for await (const answers of stream) {
      for (const answer of answers) {
        const result = encode(answer, (errors) => shape(operation, errors))
        operation.next(result)
        await pace.sent(result)
      }
    }
    operation.complete()
  } catch (error) {
    fail(operation, [asGraphQLError(error)])
  }
}

function shape({ data: followed }: ClientOperation, errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  const shaped = () => errors.map((error) => shapeGraphQLError(asGraphQLError(error)))
  return followed === undefined ? shaped() : followed.run(shaped)
}
