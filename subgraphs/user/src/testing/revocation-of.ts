import { sessionRevoked } from '@parley/platform/auth/revoked-sessions'
import { topicOf } from '@parley/platform/redis/channels'
import { testRedis } from './test-redis'

/** Subscribes as a gateway does, before this resolves; `heard` is the announcement of this session. */
export async function revocationOf(sessionId: string): Promise<{ heard: Promise<unknown>; stop: () => void }> {
  const subscriber = await testRedis()
  const heard = new Promise<unknown>((resolve) =>
    subscriber.on('message', (_: string, message: string) => {
      if (message.includes(sessionId)) resolve(JSON.parse(message))
    }),
  )
  await subscriber.subscribe(topicOf(sessionRevoked.name, ''))
  return { heard, stop: () => subscriber.disconnect() }
}
