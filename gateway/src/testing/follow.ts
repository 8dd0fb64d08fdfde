import type { Client } from 'graphql-ws'
import type { TestGateway } from './test-gateway'

export interface Received {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[]
}

/** The results of one operation, to be awaited one by one. */
export function follow(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const iterator = client.iterate({ query, variables })
  return {
    next: async () => (await iterator.next()).value as Received,
    stop: () => iterator.return?.(),
    failure: () =>
      iterator.next().then(
        () => null,
        (error: unknown) => error,
      ),
  }
}

/** Connects clients for one test each: afterwards they disconnect, and the gateway has seen it. */
export function connectingTo(gateway: () => TestGateway): TestGateway['connect'] {
  const clients: Client[] = []
  afterEach(async () => {
    // A client between two attempts never finishes its disposal; the gateway sees the disconnect all the same.
    for (const client of clients.splice(0)) void Promise.resolve(client.dispose()).catch(() => undefined)
    await until(() => gateway().graph.said.listeners === 0)
  })
  return (...args) => {
    const connection = gateway().connect(...args)
    clients.push(connection.client)
    return connection
  }
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 10 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
