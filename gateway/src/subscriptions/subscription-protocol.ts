import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { Inject, Injectable, Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import { inOperation, operationLog, requestIdOf } from '@parley/platform/logging/follow-operations'
import type { ExecutionArgs, GraphQLError } from 'graphql'
import { type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { isBlamed, isKnown } from '../documents/memory'
import { shapeGraphQLError } from '../errors/shape-error'
import { Identity } from '../identity/identity'
import { limits } from '../limits'
import { RateLimits } from '../rate-limits'
import { SupergraphSource } from '../supergraph/supergraph-source'
import type { ClientSocket } from './client-socket'
import { FederatedSubscriptions, type Subscriber } from './federated-subscriptions'
import { Tally } from './tally'
import { planSubscription } from './planned-subscription'

type SocketContext = Context<Record<string, unknown>, ClientSocket>

/** graphql-transport-ws in this gateway: admission, planning, streams and error shaping. */
@Injectable()
export class SubscriptionProtocol {
  readonly #logger = new Logger(SubscriptionProtocol.name)
  readonly #perSession = new Tally()
  readonly server: Server<ClientSocket>

  constructor(
    private readonly identity: Identity,
    private readonly supergraph: SupergraphSource,
    private readonly subscriptions: FederatedSubscriptions,
    private readonly rates: RateLimits,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
  ) {
    this.server = makeServer<Record<string, unknown>, ClientSocket>({
      connectionInitWaitTimeout: limits.introductionMs,
      onConnect: ({ extra }) => this.#admit(extra),
      onSubscribe: (context, _id, payload) => inOperation(payload, () => this.#prepare(context, payload)),
      subscribe: (args) => this.subscriptions.open(args.contextValue as Subscriber),
      onOperation: (_context, _id, payload) => operationLog.subscribed(payload),
      onNext: (_context, _id, payload, _args, { errors, ...result }) =>
        errors === undefined ? result : { ...result, errors: shape(payload, errors) },
      onError: (_context, _id, payload, errors) => {
        const shaped = shape(payload, errors)
        operationLog.failed(payload, shaped)
        return shaped
      },
      onComplete: (_context, _id, payload) => operationLog.ended(payload),
      onClose: ({ extra: { admission } }) => {
        if (admission !== undefined) this.#perSession.remove(admission.sessionId)
      },
    })
  }

  /** False makes graphql-ws close with 4403. */
  async #admit(socket: ClientSocket): Promise<boolean> {
    try {
      const admission = await this.identity.admit(socket.peer.headers)
      if (admission === null) return false
      if (this.#perSession.of(admission.sessionId) >= this.env.SOCKETS_PER_SESSION) socket.end('crowded')
      // The client may have closed meanwhile.
      if (!socket.isOpen) return true
      socket.admit(admission)
      this.#perSession.add(admission.sessionId)
      return true
    } catch (error) {
      this.#logger.warn({ err: error, requestId: socket.peer.requestId }, 'Sockets cannot be admitted at the moment')
      socket.end('later')
      return true
    }
  }

  /** An error of an operation, thrown or returned, ends that operation and not the socket. */
  async #prepare(
    { extra: socket, subscriptions }: SocketContext,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    try {
      const { admission } = socket
      if (admission === undefined) throw new DomainError('auth', 'UNAUTHENTICATED', 'Sign in to do this.')
      this.rates.takeOperation(admission)
      if (Object.keys(subscriptions).length > limits.subscriptionsPerSocket) {
        throw new DomainError(
          'temporary',
          'RATE_LIMITED',
          `One socket carries at most ${limits.subscriptionsPerSocket} subscriptions.`,
        )
      }
      const outcome = await this.supergraph.documents.admit(payload.query, {
        session: admission.sessionId,
        address: socket.peer.network,
      })
      if (isBlamed(outcome)) this.rates.countRefusal(admission)
      if (!isKnown(outcome)) return outcome
      const variables = payload.variables ?? {}
      const planned = planSubscription(outcome, payload.operationName ?? undefined, variables)
      if (!('plan' in planned)) return planned
      const subscriber: Subscriber = {
        planned,
        variables,
        context: {
          requestId: requestIdOf(payload),
          authorization: admission.authorization,
          sessionId: admission.sessionId,
        },
        onOverflow: () => socket.end('slow'),
      }
      return {
        schema: planned.epoch.schema,
        document: planned.document,
        operationName: payload.operationName,
        variableValues: variables,
        contextValue: subscriber,
      }
    } catch (error) {
      return [asGraphQLError(error)]
    }
  }
}

const shape = (payload: SubscribePayload, errors: readonly GraphQLError[]) =>
  inOperation(payload, () => errors.map((error) => shapeGraphQLError(asGraphQLError(error))))
