import { Inject, Injectable, Logger } from '@nestjs/common'
import { EncodedResult, type OperationSource } from '@parley/federation/operation-sink'
import { closings } from '@parley/federation/sockets/closings'
import type { SubscribePayload } from '@parley/federation/sockets/messages'
import type { TransportHooks } from '@parley/federation/sockets/transport-server'
import { DomainError } from '@parley/kernel/errors'
import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { FollowedOperation } from '@parley/platform/logging/follow-operations'
import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'
import { isBlamed, isKnown } from '../documents/memory'
import { isSent, sentDocument } from '../documents/sent-document'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { shapeGraphQLError } from '../errors/shape-error'
import type { Admission } from '../identity/identity'
import { Identity } from '../identity/identity'
import { limits } from '../limits'
import { RateLimits } from '../rate-limits'
import { SupergraphSource } from '../supergraph/supergraph-source'
import { type Client, type ClientConnection, type ClientOperation, refusals } from './client'
import type { EventStream } from './event-stream'
import { FederatedSubscriptions, type Subscriber } from './federated-subscriptions'
import { planSubscription } from './planned-subscription'
import { Tally } from './tally'

/** graphql-transport-ws in this gateway: admission, planning, streams and error shaping. */
@Injectable()
export class SubscriptionProtocol {
  readonly #logger = new Logger(SubscriptionProtocol.name)
  readonly #perSession = new Tally()

  constructor(
    private readonly identity: Identity,
    private readonly supergraph: SupergraphSource,
    private readonly subscriptions: FederatedSubscriptions,
    private readonly rates: RateLimits,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
  ) {}

  hooks(gone: (connection: ClientConnection) => void): TransportHooks<Client, FollowedOperation> {
    return {
      admit: (connection) => this.#admit(connection),
      subscribe: (operation, payload) => void this.#subscribe(operation, payload),
      ended: ({ data }) => data?.ended(),
      closed: ({ client: { admission } }) => {
        if (admission !== undefined) this.#perSession.remove(admission.sessionId)
      },
      gone,
      failed: (connection, error) => {
        const { requestId } = connection.client
        this.#logger.error({ err: error, requestId }, 'A message on a socket could not be handled')
        connection.close(refusals.later)
      },
    }
  }

  async #admit(connection: ClientConnection): Promise<boolean> {
    const { client } = connection
    try {
      const admission = await this.identity.admit(client.takeHeaders())
      if (admission === null) return false
      if (this.#perSession.of(admission.sessionId) >= this.env.SOCKETS_PER_SESSION) connection.close(refusals.crowded)
      // The client may have closed meanwhile.
      if (!connection.isOpen) return true
      client.admission = admission
      connection.expiresAt = admission.expiresAt * 1_000
      this.#perSession.add(admission.sessionId)
      return true
    } catch (error) {
      this.#logger.warn({ err: error, requestId: client.requestId }, 'Sockets cannot be admitted at the moment')
      connection.close(refusals.later)
      return true
    }
  }

  /** An error of an operation, thrown or returned, ends that operation and not the socket. */
  async #subscribe(operation: ClientOperation, payload: SubscribePayload): Promise<void> {
    const followed = new FollowedOperation(payload)
    operation.data = followed
    await followed.run(async () => {
      try {
        const subscriber = await this.#prepare(operation, payload)
        if (isRefusal(subscriber)) fail(operation, subscriber)
        else if (operation.isOpen) this.#start(operation, subscriber)
      } catch (error) {
        fail(operation, [asGraphQLError(error)])
      }
    })
  }

  #start(operation: ClientOperation, subscriber: Subscriber): void {
    const stream = this.subscriptions.open(subscriber)
    operation.data?.subscribed()
    operation.from(sourceOf(stream))
    void send(stream, operation)
  }

  async #prepare(operation: ClientOperation, payload: SubscribePayload): Promise<Subscriber | readonly GraphQLError[]> {
    const { connection } = operation
    const admission = this.#counted(connection)
    const sent = sentDocument(payload.query, payload.extensions)
    if (!isSent(sent)) return sent
    const outcome = await this.supergraph.documents.admit(sent, {
      session: admission.sessionId,
      address: connection.client.network,
    })
    if (isBlamed(outcome)) this.rates.countRefusal(admission)
    if (!isKnown(outcome)) return outcome
    const variables = payload.variables ?? {}
    const planned = planSubscription(outcome, payload.operationName ?? undefined, variables)
    if (!('plan' in planned)) return planned
    return {
      planned,
      variables,
      context: {
        requestId: operation.data?.requestId ?? connection.client.requestId,
        authorization: admission.authorization,
        sessionId: admission.sessionId,
      },
      onOverflow: () => connection.close(closings.slow),
    }
  }

  /** Throws when this operation is one too many. */
  #counted({ client: { admission }, operations }: ClientConnection): Admission {
    if (admission === undefined) throw new DomainError('auth', 'UNAUTHENTICATED', 'Sign in to do this.')
    this.rates.takeOperation(admission)
    if (operations > limits.subscriptionsPerSocket) {
      throw new DomainError(
        'temporary',
        'RATE_LIMITED',
        `One socket carries at most ${limits.subscriptionsPerSocket} subscriptions.`,
      )
    }
    return admission
  }
}

const isRefusal = (prepared: Subscriber | readonly GraphQLError[]): prepared is readonly GraphQLError[] =>
  Array.isArray(prepared)

function fail(operation: ClientOperation, errors: readonly GraphQLError[]): void {
  if (!operation.isOpen) return
  const shaped = shape(operation, errors)
  operation.data?.failed(shaped)
  operation.error(shaped)
}

const sourceOf = (stream: EventStream): OperationSource => ({ stop: () => void stream.return() })

/** Results are sent as they come: nothing waits for a slow reader, whom the connection closes at its limit. */
async function send(stream: EventStream, operation: ClientOperation): Promise<void> {
  try {
    for await (const result of stream) operation.next(EncodedResult.of(shapeResult(operation, result)))
    operation.complete()
  } catch (error) {
    fail(operation, [asGraphQLError(error)])
  }
}

function shapeResult(operation: ClientOperation, { errors, ...result }: ExecutionResult): FormattedExecutionResult {
  return errors === undefined ? result : { ...result, errors: shape(operation, errors) }
}

function shape({ data: followed }: ClientOperation, errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  const shaped = () => errors.map((error) => shapeGraphQLError(asGraphQLError(error)))
  return followed === undefined ? shaped() : followed.run(shaped)
}
