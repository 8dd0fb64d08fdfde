import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { EventStream } from '@parley/federation/sockets/event-stream'
import { isSubscribePayload, type SubscribePayload } from '@parley/federation/sockets/messages'
import { DomainError } from '@parley/kernel/errors'
import { RevokedSessions } from '@parley/platform/auth/revoked-sessions'
import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import type { FollowedOperation } from '@parley/platform/logging/follow-operations'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../errors/refuse'
import { shapeGraphQLError } from '../errors/shape-error'
import { networkOf } from '../front-door/client-address'
import { limits } from '../limits'
import { RateLimited, RateLimits } from '../rate-limits'
import { Client } from './client'
import { Places } from './places'
import { expiryOf, SubscriptionProtocol } from './subscription-protocol'

type Stream = EventStream<Client, FollowedOperation>

const tickMs = 1_000
const longestRetryMs = 4_000
const drainMs = 2_000

const signIn = new DomainError('auth', 'UNAUTHENTICATED', 'Sign in to do this.')
const refusals = {
  forbidden: [401, signIn],
  crowded: [429, new DomainError('temporary', 'RATE_LIMITED', 'There are too many streams. Close some of them.')],
  later: [503, new DomainError('temporary', 'UNAVAILABLE', 'This is not available right now. Try again in a moment.')],
} as const

/**
 * GET and POST /graphql/stream: subscriptions as server-sent events ("distinct connections mode" of graphql-sse), for
 * clients that cannot have WebSockets. Places, limits, heartbeats and expiry are those of sockets.
 */
@Injectable()
export class EventStreams implements OnApplicationShutdown {
  /** The open ones, with the time of their next heartbeat. */
  readonly #open = new Map<Stream, number>()
  /** Those that have ended, with the time at which they are cut off if the client has not read the end. */
  readonly #ending = new Map<Stream, number>()
  readonly #clock: NodeJS.Timeout
  #isDraining = false

  constructor(
    private readonly protocol: SubscriptionProtocol,
    private readonly places: Places,
    private readonly rates: RateLimits,
    revoked: RevokedSessions,
  ) {
    this.#clock = setInterval(() => this.#tick(), tickMs)
    revoked.subscribe((sessionId) => {
      for (const stream of this.#open.keys()) if (stream.client.admission?.sessionId === sessionId) expire(stream)
    })
  }

  addTo(fastify: FastifyInstance): void {
    fastify.route({
      url: '/graphql/stream',
      method: ['GET', 'POST'],
      handler: (request, reply) => this.#answer(request, reply),
    })
  }

  /** Ends all of them, so that their clients connect again elsewhere. */
  async drain(): Promise<void> {
    this.#isDraining = true
    for (const stream of this.#open.keys()) stream.interrupt()
    const until = Date.now() + drainMs
    while (this.#ending.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
    for (const stream of this.#ending.keys()) stream.cut()
  }

  onApplicationShutdown(): void {
    clearInterval(this.#clock)
  }

  async #answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // A page of another site can send this with our cookies and without an origin, and would take places of the session.
    if (isFromElsewhere(request)) {
      refuse(reply, 403, new DomainError('auth', 'FORBIDDEN', 'Requests from other sites are not accepted.'))
      return
    }
    if (request.headers.accept?.includes('text/event-stream') !== true) {
      refuse(reply, 406, new DomainError('input', 'INVALID_INPUT', 'Streams are sent as text/event-stream.'))
      return
    }
    const payload = payloadOf(request)
    if (payload === null) {
      refuse(
        reply,
        400,
        new DomainError('input', 'INVALID_INPUT', 'Send query, variables and extensions as for queries.'),
      )
      return
    }
    const network = networkOf(request.ip)
    if (hasLeft(reply)) return
    if (!this.places.hasRoomFor(network)) {
      void reply.header('retry-after', '10')
      refuse(reply, ...refusals.crowded)
      return
    }
    this.places.take(network)
    reply.raw.once('close', () => this.places.leave(network))
    const client = new Client(request.headers, request.id, network)
    const entry = await this.protocol.admit(client)
    if (entry !== 'admitted') {
      if (entry === 'forbidden' && !this.#isWithinRate(network, reply)) return
      const [status, error] = refusals[entry]
      refuse(reply, status, error)
      return
    }
    if (!hasLeft(reply) && !this.#isDraining) {
      this.#start(client, payload, reply)
      return
    }
    this.protocol.leave(client)
    if (!hasLeft(reply)) refuse(reply, ...refusals.later)
  }

  /** A request without a session counts like an anonymous operation. */
  #isWithinRate(network: string, reply: FastifyReply): boolean {
    try {
      this.rates.takeAnonymous(network)
      return true
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error
      void reply.header('retry-after', String(error.retryAfterSeconds))
      refuse(reply, 429, error)
      return false
    }
  }

  #start(client: Client, payload: SubscribePayload, reply: FastifyReply): void {
    reply.hijack()
    const stream: Stream = new EventStream(client, reply.raw, {
      bufferedBytes: limits.bufferedBytes,
      retryMs: (longestRetryMs * (1 + Math.random())) / 2,
      ended: () => this.#ended(stream),
    })
    this.#open.set(stream, Date.now() + limits.pingEveryMs)
    reply.raw.once('close', () => this.#ending.delete(stream))
    stream.open(reply.getHeaders())
    void this.protocol.subscribe(stream, payload)
  }

  #ended(stream: Stream): void {
    this.#open.delete(stream)
    this.#ending.set(stream, Date.now() + limits.goodbyeToSlowMs)
    stream.data?.ended()
    this.protocol.leave(stream.client)
  }

  #tick(): void {
    const now = Date.now()
    for (const [stream, beatAt] of this.#open) {
      if (now >= expiryOf(stream.client)) expire(stream)
      else if (now >= beatAt) {
        stream.beat()
        this.#open.set(stream, now + limits.pingEveryMs)
      }
    }
    for (const [stream, cutAt] of this.#ending) if (now >= cutAt) stream.cut()
  }
}

/** Its client may sign in again, and then open another one. */
function expire(stream: Stream): void {
  const shaped = () => [shapeGraphQLError(asGraphQLError(signIn))]
  stream.cancel(stream.data === undefined ? shaped() : stream.data.run(shaped))
}

const hasLeft = ({ raw }: FastifyReply): boolean => raw.destroyed

/** As browsers say it; a request with an origin has been checked by it. */
function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  return headers.origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none'
}

/** The operation of a request: in the query string, where objects are JSON, or in the body. */
function payloadOf({ method, query, body, id }: FastifyRequest): SubscribePayload | null {
  const sent = method === 'GET' ? parametersOf(query) : body
  if (typeof sent !== 'object' || sent === null) return null
  // A trusted document is named by its id, without a text.
  const payload: unknown = { query: '', ...sent }
  if (!isSubscribePayload(payload)) return null
  return { ...payload, extensions: { requestId: id, ...payload.extensions } }
}

function parametersOf(query: unknown): unknown {
  const { variables, extensions, ...rest } = query as Record<string, unknown>
  try {
    return { ...rest, ...jsonIn({ variables }), ...jsonIn({ extensions }) }
  } catch {
    return null
  }
}

/** Throws for what is no JSON text: a parameter given twice is a list. */
const jsonIn = (parameter: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parameter)
      .filter(([, text]) => text !== undefined && text !== '')
      .map(([name, text]): [string, unknown] => {
        if (typeof text !== 'string') throw new TypeError(`${name} is given twice`)
        return [name, JSON.parse(text)]
      }),
  )
