import { Store } from './store'

const prefix = (viewerId: string) => `parley:draft:${viewerId}:`
const drafts = new Map<string, Draft>()

/** What was typed into a conversation and not sent, per person, on this device. */
export function draftOf(viewerId: string, conversationId: string): Draft {
  const key = prefix(viewerId) + conversationId
  const draft = drafts.get(key) ?? new Draft(key)
  drafts.set(key, draft)
  return draft
}

/** Leaves nothing of a person behind on a shared device. */
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
      // A full storage costs the draft its second home, not the person the text on the screen.
    }
  }

  /** Another tab may have gone on with it. */
  reread(): void {
    const kept = localStorage.getItem(this.key)
    if (kept !== null) super.set(kept)
  }

  /** A text that was sent and is to be changed, before what has been typed since. */
  putBack(text: string): void {
    this.set(this.get() === '' ? text : `${text}\n${this.get()}`)
  }
}
