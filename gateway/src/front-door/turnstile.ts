import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type GatewayContext, deadlineFromNow } from '../context'
import { refuse } from '../errors/refuse'
import type { Caller, Identity } from '../identity/identity'
import { limits } from '../limits'
import { RateLimited, type RateLimits } from '../rate-limits'

const callers = new WeakMap<FastifyRequest, Caller>()

/** The context that is passed to the subgraphs, for an operation within its rate. */
export function contextOf(request: FastifyRequest): GatewayContext {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('An operation came past the turnstile')
  return { ...caller, deadline: deadlineFromNow() }
}

/**
 * Counts operations over HTTP before their bodies are read. A caller over the limit gets 429 after a delay: eight
 * connections that retry at once then make only eight requests a second.
 */
export function addTurnstile(fastify: FastifyInstance, identity: Identity, rates: RateLimits): void {
  const closing = new AbortController()
  fastify.addHook('preClose', (done) => {
    closing.abort()
    done()
  })
  let held = 0
  const hold = async () => {
    if (held >= limits.held.answers) return
    held++
    // Cut short when the gateway stops.
    await pause(limits.held.ms, undefined, { signal: closing.signal }).catch(() => undefined)
    held--
  }
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.routeOptions.url !== '/graphql') return
    const caller = await identity.callerOf(request, reply)
    callers.set(request, caller)
    try {
      rates.takeOperation(caller)
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error
      await hold()
      void reply.header('retry-after', String(error.retryAfterSeconds))
      refuse(reply, 429, error)
      return reply
    }
  })
}
