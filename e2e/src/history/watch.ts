import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { Following, longMs } from './following.ts'
import { eventFields } from './shown.ts'
import type { EventShown } from './shown.ts'
import type { Witness } from './witness.ts'

const document = `subscription ($id: ID!, $after: Int!) {
  timeline(conversationId: $id, after: $after) { headSeq events { ${eventFields} } }
}`

interface Frame {
  readonly timeline: { readonly events: readonly EventShown[] } | null
}

/** One viewer of one conversation, on a socket of its own: whenever its stream ends, it follows again. */
export class Watch extends Following {
  readonly #conversation: string
  readonly #witness: Witness
  readonly #onEvent: (event: EventShown) => void
  #stream = ''
  #cursor = 0

  constructor(tab: () => Client, conversation: string, witness: Witness, onEvent: (event: EventShown) => void) {
    super(tab)
    this.#conversation = conversation
    this.#witness = witness
    this.#onEvent = onEvent
  }

  /** As when the network changes; `back` events are asked for again, like a tab that has an old copy. */
  async reconnect(back: number): Promise<void> {
    this.#cursor = Math.max(0, this.#cursor - back)
    await this.cut()
  }

  /** Waits for everything up to `seq`; the checker reports what never came. */
  async stop(seq: number, timeout: number): Promise<void> {
    const arrive = () => {
      if (this.#cursor < seq) throw new Error('Not there yet')
    }
    await eventually(arrive, { timeout }).catch(() => undefined)
    this.#witness.history.record({ op: 'settled', stream: this.#stream, seq })
    await this.end()
  }

  protected override ended(): void {
    this.#witness.count('streams ended')
  }

  protected override async followOnce(tab: Client): Promise<void> {
    const [viewer, conversation, after] = [tab.userId, this.#conversation, this.#cursor]
    const name = this.#witness.opened(viewer, conversation, after, tab.url)
    const place = { viewer, conversation, where: 'frame', since: this.#witness.now } as const
    this.#stream = name
    const stream = tab.subscribe<Frame>(document, { id: conversation, after })
    for (let cursor = after; ;) {
      const { data } = await stream.next(longMs)
      if ((data?.timeline ?? null) === null) return
      for (const event of data?.timeline?.events ?? []) {
        this.#witness.delivered(name, event, place)
        this.#onEvent(event)
        cursor = event.seq
      }
      // A reconnect has set it back meanwhile: what still arrives here must not move it.
      if (this.isCurrent(tab)) this.#cursor = Math.max(this.#cursor, cursor)
    }
  }
}
