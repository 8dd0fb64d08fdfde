import { Store } from '../../../lib/store'
import { type Message, messagesOf, type Quote, quoteOf, type TimelineEvent } from './events'
import { inThread, threadEvent, type ThreadReader, type ThreadRoot, threadSource } from './thread-source'
import { TimelineStore } from './timeline-store'

/** One thread: its root, of which the highest version counts, and the list of its replies. */
export class ThreadStore {
  readonly root = new Store<ThreadRoot | null>(null)
  readonly replies: TimelineStore
  /** Whether the reply that is being written goes to the conversation as well. */
  readonly also = new Store(false)

  constructor(
    readonly conversationId: string,
    readonly rootId: string,
    reader: ThreadReader,
  ) {
    const learn = {
      root: (root: ThreadRoot) => this.#begin(root),
      message: (message: Message) => this.#change(message),
    }
    this.replies = new TimelineStore(conversationId, threadSource(reader, rootId, learn))
  }

  /** An event that did not come over the stream. */
  receive(event: TimelineEvent): void {
    for (const message of messagesOf(event)) this.#change(message)
    this.replies.receive(threadEvent(event, this.rootId))
  }

  /** A state of a message that did not come with an event. */
  learn(message: Message): void {
    this.#change(message)
    this.replies.learn(message.threadId === this.rootId ? inThread(message) : { ...message, listLine: null })
  }

  #begin(root: ThreadRoot): void {
    if (this.root.get() === null) this.root.set(root)
    else this.#change(root.message)
  }

  #change(message: Message): void {
    const known = this.root.get()
    if (known === null) return
    const root = message.id === this.rootId && message.version > known.message.version ? message : known.message
    const replyTo = newest([known.message.replyTo, message.replyTo, message], root.replyToId)
    if (root !== known.message || replyTo !== (root.replyTo ?? null))
      this.root.set({ ...known, message: { ...root, replyTo } })
  }
}

/** The newest of these states of what the root quotes. */
function newest(states: readonly (Quote | null | undefined)[], id: string | null): Quote | null {
  const quoted = states.filter((state): state is Quote => state?.id === id)
  const [first = null, ...others] = quoted
  return others.reduce(
    (known, other) => (known !== null && known.version >= other.version ? known : quoteOf(other)),
    first,
  )
}
