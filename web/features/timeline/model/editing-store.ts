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

/** Keeps it beyond the tab. */
export interface EditStorage {
  load(): Edit | null
  save(edit: Edit | null): void
}

/** The one message that is being edited. It stays open until the edit is done, over a reload as well. */
export class EditingStore extends Store<Edit | null> {
  constructor(
    private readonly changes: ChangeStore,
    private readonly storage: EditStorage,
    private readonly membersOf: (conversationId: string) => readonly Person[] = () => [],
  ) {
    super(storage.load())
  }

  override set(edit: Edit | null): void {
    super.set(edit)
    this.storage.save(edit)
  }

  begin(message: Message, threadId: string | null): void {
    const open = this.get()
    if (open?.message.id !== message.id) {
      this.set({ message, threadId, text: toNames(message.text, this.membersOf(message.conversationId)) })
    } else if (open.threadId !== threadId) this.set({ ...open, threadId })
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

  #pending(): PendingChange | null {
    const edit = this.get()
    return edit === null ? null : pendingEdit(this.changes.get(), edit.message.id)
  }
}

/** The edit of a message that is being saved, or was not saved. */
export const pendingEdit = (pending: PendingChanges, messageId: string): PendingChange | null =>
  pending.get(messageId)?.find(({ change }) => change.kind === 'edit') ?? null
