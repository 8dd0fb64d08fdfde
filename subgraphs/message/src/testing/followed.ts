import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type Client, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { type Answer, type ShownEvent, type ShownFrame, timeline } from './operations'
import type { TestService } from './test-service'

/** One WebSocket that the streams of many people share, as the gateway's is. */
export class SharedSocket {
  /** How often it was closed. */
  closed = 0
  readonly #client: Client

  constructor(private readonly service: TestService) {
    this.#client = createClient({
      url: `ws://${service.address}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      on: { closed: () => (this.closed += 1) },
    })
  }

  /** A token that runs out after `seconds`; nobody at all for null. */
  async follow(viewer: UserId | null, conversationId: ConversationId, after = 0, seconds?: number): Promise<Followed> {
    const authorization =
      viewer === null ? {} : { authorization: `Bearer ${await this.service.tokens.tokenFor(viewer, seconds)}` }
    const variables = { conversationId, after }
    return new Followed(this.#client.iterate({ query: timeline, variables, extensions: authorization }))
  }

  async close(): Promise<void> {
    await this.#client.dispose()
  }
}

/** A timeline, as its client sees it come. */
export class Followed {
  constructor(private readonly stream: AsyncIterableIterator<unknown>) {}

  /** The next answer; undefined when there are no more. */
  async next(): Promise<Answer | undefined> {
    const result = await this.stream.next()
    return result.done === true ? undefined : (result.value as Answer)
  }

  async frame(): Promise<ShownFrame> {
    const answer = await this.next()
    const frame = answer?.data?.['timeline'] as ShownFrame | null | undefined
    if (frame === undefined || frame === null) throw new Error(`No frame but ${JSON.stringify(answer)}`)
    return frame
  }

  /** Frame by frame until the event at `seq` is there. */
  async eventsUntil(seq: number): Promise<readonly ShownEvent[]> {
    const events: ShownEvent[] = []
    while ((events.at(-1)?.seq ?? 0) < seq) events.push(...(await this.frame()).events)
    return events
  }

  /** Past what is still to come, the answer that says why there is no more. */
  async failure(): Promise<Answer> {
    for (;;) {
      const answer = await this.next()
      if (answer === undefined) throw new Error('The stream ended without a failure')
      if (answer.errors !== undefined) return answer
    }
  }

  async end(): Promise<void> {
    await this.stream.return?.()
  }
}
