import { limits } from '../limits'
import type { RateLimits } from '../rate-limits'
import type { SupergraphSource } from '../supergraph/supergraph-source'
import { requestPlugin } from './request-plugin'

test('the deadline of an operation starts when its document is admitted', async () => {
  const documents = { admit: async () => ({ text: '', document: {}, operations: new Map() }) }
  const plugin = requestPlugin({ documents } as unknown as SupergraphSource, {} as RateLimits)
  const listener = await plugin.requestDidStart?.({
    request: { query: 'mutation { register }' },
    contextValue: {},
  } as never)
  // Little time is left after a plan that took long.
  const contextValue = { requestId: 'r', authorization: undefined, deadline: performance.now() + 10 }
  await listener?.didResolveSource?.({ source: 'mutation { register }', contextValue } as never)
  expect(contextValue.deadline).toBeGreaterThan(performance.now() + limits.operationMs - 1_000)
})
