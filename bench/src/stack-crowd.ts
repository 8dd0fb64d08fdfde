import { headOf, signUpAll, startGroup, upTo } from '@parley/e2e/chat'
import { testStack } from '@parley/e2e/test-stack'
import type { Stack } from '@parley/launcher/stack'
import type { Client } from '@parley/testing/client'
import type { BenchRun, Cleanup } from './bench.ts'
import { browserHeader } from './clients/payloads.ts'
import { liftedLimits } from './gateway-process.ts'
import { pinStack } from './queries-on-stack.ts'

export interface StackCrowd {
  readonly stack: Stack
  readonly port: number
  readonly clients: readonly Client[]
  /** Each person is in all of them. */
  readonly conversations: readonly string[]
  /** The upgrade's headers of each person in turn. */
  readonly headers: readonly string[]
  /** The head of each conversation, when nothing has been sent yet. */
  readonly heads: readonly number[]
}

/**
 * The whole real stack and people who are in the same conversations; with the gateway on a core of its own, if not
 * `isFree`.
 */
export async function startStackCrowd(
  run: BenchRun,
  cleanup: Cleanup,
  { people, conversations, isFree = false }: { people: number; conversations: number; isFree?: boolean },
): Promise<StackCrowd> {
  const stack = cleanup.add(
    await testStack({
      onProgress: run.say,
      signal: run.signal,
      env: { ACCESS_TOKEN_SECONDS: '3600', ...liftedLimits },
    }),
  )
  if (!isFree) pinStack(stack)
  const url = stack.urls[0] ?? ''
  run.say(`${people} people sign up`)
  const clients = await signUpAll(
    url,
    upTo(people).map((index) => `person${index}`),
  )
  const [owner, ...others] = clients
  if (owner === undefined) throw new Error('Nobody')
  const ids: string[] = []
  const heads: number[] = []
  for (const index of upTo(conversations)) {
    const id = await startGroup(owner, others, `Conversation ${index}`)
    ids.push(id)
    heads.push(await headOf(owner, id))
  }
  const headers = clients.map((client) => browserHeader(url, client.cookieHeader))
  return { stack, port: stack.service('gateway').options.port, clients, conversations: ids, headers, heads }
}
