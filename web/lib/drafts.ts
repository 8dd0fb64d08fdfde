import type { QuotePartsFragment } from './graphql/__generated__/fragments'
import { DeviceText } from './device-text'
import { Store } from './store'

const prefix = (viewerId: string) => `parley:draft:${viewerId}:`
export const draftKey = (viewerId: string, placeId: string): string => prefix(viewerId) + placeId
const drafts = new Map<string, Draft>()

/** Unsent text of a conversation, or of a thread by the id of its message, per user, on this device. */
export function draftOf(viewerId: string, placeId: string): Draft {
  const key = draftKey(viewerId, placeId)
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
  readonly #kept: DeviceText

  constructor(key: string) {
    const kept = new DeviceText(key)
    super(kept.read() ?? '')
    this.#kept = kept
    this.replyTo = new ReplyTo(`${key}:reply`)
  }

  override set(text: string): void {
    super.set(text)
    this.#kept.write(text === '' ? null : text)
  }

  /** Another tab may have changed it, or sent it. */
  reread(): void {
    const kept = this.#kept.reread()
    if (kept !== undefined) super.set(kept ?? '')
    this.replyTo.reread()
  }

  /** Rereads it now, and whenever another tab changes it: what was sent there must not be sent again. Returns how to stop. */
  follow(): () => void {
    this.reread()
    const stops = [this.#kept, this.replyTo.kept].map((kept) => kept.follow(() => this.reread()))
    return () => {
      for (const stop of stops) stop()
    }
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
  readonly kept: DeviceText

  constructor(key: string) {
    const kept = new DeviceText(key)
    super(parsed(kept.read()))
    this.kept = kept
  }

  override set(quote: QuotePartsFragment | null): void {
    super.set(quote)
    this.kept.write(quote === null ? null : JSON.stringify(quote))
  }

  /** The message has changed: what it said before, or was deleted, is not kept. That of another one changes nothing. */
  renew(quote: QuotePartsFragment): void {
    if (isUpdate(this.get(), quote)) this.set(quote)
  }

  reread(): void {
    const kept = this.kept.reread()
    if (kept === undefined) return
    const [quote, known] = [parsed(kept), this.get()]
    if (quote?.id !== known?.id || (quote !== null && isUpdate(known, quote))) super.set(quote)
  }
}

/** Whether it is a newer state of the same message. */
export const isUpdate = (known: QuotePartsFragment | null, quote: QuotePartsFragment): boolean =>
  known?.id === quote.id && quote.version > known.version

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
