import { cleaned } from '@parley/text/clean'
import type { Person } from '../../../lib/people/people'
import { Store } from '../../../lib/store'
import type { ChangeStore } from './change-store'
import type { PendingChange, PendingChanges } from './changes'
import type { Message } from './events'
import { toNames, toTokens } from './mention-names'

/** A message that its author is editing, on this device. */
export interface Edit {
  /** As it was when the edit began. */
  readonly message: Message
  /** The thread in whose list it was begun; null for the list of the conversation. The message may be in both. */
  readonly threadId: string | null
  /** As its author sees it, with the names of those whom it mentions. */
  readonly text: string
}

export interface Edits {
  readonly open: Edit | null
  /** Those that were left unfinished for another one, the latest last. */
  readonly aside: readonly Edit[]
}

/** Keeps them beyond the tab. */
export interface EditStorage {
  load(): Edits
  save(edits: Edits): void
}

/** Who leaves more of them unfinished does not come back to the first ones. */
const mostAside = 20

/**
 * The one message that is being edited. It stays open until the edit is done, over a reload as well. One that is left
 * unfinished for another is laid aside, and goes on where it stopped.
 */
export class EditingStore extends Store<Edit | null> {
  readonly aside: Store<readonly Edit[]>

  constructor(
    private readonly changes: ChangeStore,
    private readonly storage: EditStorage,
    private readonly membersOf: (conversationId: string) => readonly Person[] = () => [],
  ) {
    const { open, aside } = storage.load()
    super(open)
    this.aside = new Store(aside)
  }

  override set(edit: Edit | null): void {
    super.set(edit)
    this.#save()
  }

  begin(message: Message, threadId: string | null): void {
    const open = this.get()
    if (open?.message.id === message.id) {
      if (open.threadId !== threadId) this.set({ ...open, threadId })
      return
    }
    const aside = open !== null && this.#isUnfinished(open) ? [...this.aside.get(), open] : this.aside.get()
    const begun = aside.find((edit) => edit.message.id === message.id)?.text
    this.#putAside(aside.filter((edit) => edit.message.id !== message.id).slice(-mostAside))
    this.set({ message, threadId, text: begun ?? toNames(message.text, this.membersOf(message.conversationId)) })
  }

  /** Forgets the edit of a message, open or laid aside. */
  discard(messageId: string): void {
    if (this.get()?.message.id === messageId) this.cancel()
    const rest = this.aside.get().filter((edit) => edit.message.id !== messageId)
    if (rest.length < this.aside.get().length) this.#putAside(rest)
  }

  change(text: string): void {
    const edit = this.get()
    const pending = this.#pending()
    if (edit === null || (pending !== null && pending.problem === null)) return
    // Another text is another edit.
    if (pending !== null) this.changes.dismiss(pending)
    this.set({ ...edit, text })
  }

  cancel(): void {
    const pending = this.#pending()
    if (pending !== null) this.changes.dismiss(pending)
    this.set(null)
  }

  /** The text that it would save. */
  textOf({ text, message }: Edit): string {
    return toTokens(cleaned(text), this.membersOf(message.conversationId))
  }

  async save(): Promise<void> {
    const edit = this.get()
    if (edit === null) return
    const text = this.textOf(edit)
    if (text === edit.message.text) {
      this.cancel()
      return
    }
    const isDone = await this.changes.want(edit.message, { kind: 'edit', text })
    // It may have been closed meanwhile.
    if (isDone && this.get() === edit) this.set(null)
  }

  /** Another text than that of the message, which is not on its way already. */
  #isUnfinished(edit: Edit): boolean {
    const pending = this.#pending()
    return (pending === null || pending.problem !== null) && this.textOf(edit) !== edit.message.text
  }

  #putAside(edits: readonly Edit[]): void {
    this.aside.set(edits)
    this.#save()
  }

  #save(): void {
    this.storage.save({ open: this.get(), aside: this.aside.get() })
  }

  #pending(): PendingChange | null {
    const edit = this.get()
    return edit === null ? null : pendingEdit(this.changes.get(), edit.message.id)
  }
}

/** The edit of a message that is being saved, or was not saved. */
export const pendingEdit = (pending: PendingChanges, messageId: string): PendingChange | null =>
  pending.get(messageId)?.find(({ change }) => change.kind === 'edit') ?? null
