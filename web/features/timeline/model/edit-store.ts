import { cleaned } from '@parley/text/clean'
import { Store } from '../../../lib/store'
import type { Message, TimelineEvent } from './events'

/** A message that its author is editing, on this device. */
export interface Edit {
  readonly messageId: string
  /** The text when the edit began. */
  readonly before: string
  readonly text: string
  readonly isSaving: boolean
  /** Why it was not saved, as a message for the author. */
  readonly problem: string | null
}

export interface EditRequest {
  readonly messageId: string
  readonly clientId: string
  readonly text: string
}

export type EditOutcome =
  { readonly conversationId: string; readonly event: TimelineEvent } | { readonly problem: string }

export interface EditPorts {
  readonly save: (request: EditRequest) => Promise<EditOutcome>
  readonly saved: (conversationId: string, event: TimelineEvent) => void
  readonly newId: () => string
}

/** The one message that is being edited. After a failure it stays open; retries save it once. */
export class EditStore extends Store<Edit | null> {
  /** One for each text, so that an unanswered edit can be retried. */
  #clientId = ''

  constructor(private readonly ports: EditPorts) {
    super(null)
  }

  begin({ id: messageId, text }: Message): void {
    if (this.get()?.messageId === messageId) return
    this.#clientId = this.ports.newId()
    this.set({ messageId, before: text, text, isSaving: false, problem: null })
  }

  change(text: string): void {
    const edit = this.get()
    if (edit === null || edit.isSaving) return
    this.#clientId = this.ports.newId()
    this.set({ ...edit, text, problem: null })
  }

  cancel(): void {
    this.set(null)
  }

  async save(): Promise<void> {
    const edit = this.get()
    if (edit === null || edit.isSaving) return
    const { messageId, before } = edit
    const text = cleaned(edit.text)
    if (text === before) {
      this.cancel()
      return
    }
    const saving = { ...edit, isSaving: true, problem: null }
    this.set(saving)
    const outcome = await this.ports.save({ messageId, clientId: this.#clientId, text })
    if ('event' in outcome) this.ports.saved(outcome.conversationId, outcome.event)
    // It may have been closed meanwhile.
    if (this.get() === saving) this.set('event' in outcome ? null : { ...edit, problem: outcome.problem })
  }
}
