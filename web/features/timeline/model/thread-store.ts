import { Store } from '../../../lib/store'
import { type Message, messagesOf, type TimelineEvent } from './events'
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
    const learn = { root: (root: ThreadRoot) => this.#begin(root), message: (root: Message) => this.#change(root) }
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
    if (message.threadId === this.rootId) this.replies.learn(inThread(message))
  }

  #begin(root: ThreadRoot): void {
    if (this.root.get() === null) this.root.set(root)
    else this.#change(root.message)
  }

  #change(message: Message): void {
    const known = this.root.get()
    if (message.id === this.rootId && known !== null && message.version > known.message.version)
      this.root.set({ ...known, message })
  }
}
