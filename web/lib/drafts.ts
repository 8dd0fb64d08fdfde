import type { QuotePartsFragment } from './graphql/__generated__/fragments'
import { Store } from './store'

const prefix = (viewerId: string) => `parley:draft:${viewerId}:`
const drafts = new Map<string, Draft>()

/** Unsent text of a conversation, or of a thread by the id of its message, per user, on this device. */
export function draftOf(viewerId: string, placeId: string): Draft {
  const key = prefix(viewerId) + placeId
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
  /** The message that it replies to, in the newest state that was seen beside it. */
  readonly replyTo: ReplyTo

  constructor(private readonly key: string) {
    super(localStorage.getItem(key) ?? '')
    this.replyTo = new ReplyTo(`${key}:reply`)
  }

  override set(text: string): void {
    super.set(text)
    keep(this.key, text === '' ? null : text)
  }

  /** Another tab may have changed it. */
  reread(): void {
    const kept = localStorage.getItem(this.key)
    if (kept !== null) super.set(kept)
    this.replyTo.reread()
  }

  /** Puts a sent text back for editing, before the text typed since; what that replies to stays. */
  putBack(text: string, replyTo: QuotePartsFragment | null = null): void {
    this.set(this.get() === '' ? text : `${text}\n${this.get()}`)
    if (replyTo !== null && this.replyTo.get() === null) this.replyTo.set(replyTo)
  }

  clear(): void {
    this.set('')
    this.replyTo.set(null)
  }
}

class ReplyTo extends Store<QuotePartsFragment | null> {
  constructor(private readonly key: string) {
    super(parsed(localStorage.getItem(key)))
  }

  override set(quote: QuotePartsFragment | null): void {
    super.set(quote)
    keep(this.key, quote === null ? null : JSON.stringify(quote))
  }

  /** The message has changed: what it said before, or was deleted, is not kept. That of another one changes nothing. */
  renew(quote: QuotePartsFragment): void {
    if (isUpdate(this.get(), quote)) this.set(quote)
  }

  reread(): void {
    const [kept, known] = [parsed(localStorage.getItem(this.key)), this.get()]
    if (kept !== null && (kept.id !== known?.id || isUpdate(known, kept))) super.set(kept)
  }
}

/** Whether it is a newer state of the same message. */
export const isUpdate = (known: QuotePartsFragment | null, quote: QuotePartsFragment): boolean =>
  known?.id === quote.id && quote.version > known.version

function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // If the storage is full it is not stored, but stays on the screen.
  }
}

/** Null for what is not readable, as after a change of the client. */
function parsed(kept: string | null): QuotePartsFragment | null {
  try {
    const quote = JSON.parse(kept ?? 'null') as Partial<QuotePartsFragment> | null
    const strings = [quote?.id, quote?.authorId, quote?.text]
    const isWhole = strings.every((value) => typeof value === 'string') && typeof quote?.version === 'number'
    return isWhole ? (quote as QuotePartsFragment) : null
  } catch {
    return null
  }
}
