import { Store } from './store'

const prefix = (viewerId: string) => `parley:draft:${viewerId}:`
const drafts = new Map<string, Draft>()

/** Unsent text of a conversation, per user, on this device. */
export function draftOf(viewerId: string, conversationId: string): Draft {
  const key = prefix(viewerId) + conversationId
  const draft = drafts.get(key) ?? new Draft(key)
  drafts.set(key, draft)
  return draft
}

/** Deletes a user's drafts on a shared device. */
export function clearDrafts(viewerId: string): void {
  const isTheirs = (key: string) => key.startsWith(prefix(viewerId))
  for (const key of Object.keys(localStorage).filter(isTheirs)) localStorage.removeItem(key)
  for (const key of [...drafts.keys()].filter(isTheirs)) drafts.delete(key)
}

export class Draft extends Store<string> {
  constructor(private readonly key: string) {
    super(localStorage.getItem(key) ?? '')
  }

  override set(text: string): void {
    super.set(text)
    try {
      if (text === '') localStorage.removeItem(this.key)
      else localStorage.setItem(this.key, text)
    } catch {
      // If the storage is full the draft is not stored, but the text stays on the screen.
    }
  }

  /** Another tab may have changed it. */
  reread(): void {
    const kept = localStorage.getItem(this.key)
    if (kept !== null) super.set(kept)
  }

  /** Puts a sent text back for editing, before the text typed since. */
  putBack(text: string): void {
    this.set(this.get() === '' ? text : `${text}\n${this.get()}`)
  }
}
