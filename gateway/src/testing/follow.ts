import type { Client } from 'graphql-ws'

export interface Received {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[]
}

/** Everything that one operation brings, to be awaited one by one. */
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

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 10 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
