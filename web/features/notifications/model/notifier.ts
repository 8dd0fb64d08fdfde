import type { InboxNews } from '../../../lib/conversations/inbox-news'
import { type Arrival, arrivalIn, type NotifyChoice, rings, soundsAgain, type Standing, standingOf } from './ring'

/** What is known of the conversation and the author of an arrival. */
export interface Origin {
  readonly isDirect: boolean
  /** The conversation, as the viewer calls it. */
  readonly name: string
  readonly author: string
}

/** What is shown. `key`: a new one takes the place of the one before. */
export interface Notice {
  readonly key: string
  readonly title: string
  readonly body: string
  readonly isSilent: boolean
  /** Where it leads. */
  readonly conversationId: string | null
}

export interface NotifierPorts {
  readonly viewerId: string
  readonly settings: () => { readonly choice: NotifyChoice; readonly hasSound: boolean; readonly isTextHidden: boolean }
  readonly isAllowed: () => boolean
  /** One tab at a time. */
  readonly inOneTab: (task: () => Promise<void>) => Promise<void>
  readonly attended: () => Promise<ReadonlySet<string>>
  readonly told: {
    readonly read: () => ReadonlyMap<string, number>
    readonly add: (arrivals: readonly Arrival[]) => void
  }
  /** Null when it is not known in time. */
  readonly originOf: (arrival: Arrival) => Promise<Origin | null>
  readonly excerptOf: (text: string) => string
  readonly show: (notice: Notice) => void
  readonly close: (key: string) => void
  readonly now: () => number
}

export const missedKey = 'missed'

interface Known {
  readonly arrival: Arrival
  readonly origin: Origin
}

/** Tells the viewer of what the inbox brings, once however many tabs are open, and takes back what was read. */
export class Notifier {
  readonly #standings = new Map<string, Standing>()
  readonly #rangAt = new Map<string, number>()
  #queue: Promise<void> = Promise.resolve()

  constructor(private readonly ports: NotifierPorts) {}

  /** Resolves when it is told. */
  take(news: InboxNews): Promise<void> {
    const arrivals = this.#arrivalsIn(news)
    if (arrivals.length > 0 && this.ports.isAllowed())
      this.#queue = this.#queue.then(() => this.#tell(arrivals, news.when === 'missed')).catch(() => undefined)
    return this.#queue
  }

  #arrivalsIn({ changes, goneIds, when }: InboxNews): readonly Arrival[] {
    const { viewerId, close, now } = this.ports
    for (const id of goneIds) close(id)
    const arrivals: Arrival[] = []
    for (const change of changes) {
      const { conversationId, unreadCount } = change.entry
      const before = this.#standings.get(conversationId) ?? (change.known === null ? null : knownStanding(change.known))
      this.#standings.set(conversationId, standingOf(change.entry))
      if (unreadCount === 0) close(conversationId)
      const arrival = when === 'first' ? null : arrivalIn(change, before, viewerId, new Date(now()))
      if (arrival !== null) arrivals.push(arrival)
    }
    return arrivals
  }

  async #tell(arrivals: readonly Arrival[], isMissed: boolean): Promise<void> {
    const { attended, inOneTab, originOf, settings, told } = this.ports
    const origins = await Promise.all(arrivals.map(originOf))
    await inOneTab(async () => {
      const [looked, seqs, { choice }] = [await attended(), told.read(), settings()]
      const ringing = arrivals.flatMap((arrival, index): Known[] => {
        const origin = origins[index] ?? null
        const { conversationId } = arrival
        const isRead = this.#standings.get(conversationId)?.unreadCount === 0
        if (origin === null || isRead) return []
        const isAttended = looked.has(conversationId)
        const toldSeq = seqs.get(conversationId) ?? 0
        return rings(arrival, { choice, isDirect: origin.isDirect, isAttended, toldSeq }) ? [{ arrival, origin }] : []
      })
      told.add(arrivals)
      if (isMissed && ringing.length > 1) this.#showSummary(ringing)
      else for (const known of ringing) this.#show(known)
    })
  }

  #show({ arrival, origin }: Known): void {
    const { excerptOf, settings, show } = this.ports
    const { conversationId, isMention, text } = arrival
    const said = settings().isTextHidden ? (isMention ? 'Mentions you' : 'New message') : excerptOf(text)
    show({
      key: conversationId,
      title: origin.name,
      body: origin.isDirect ? said : `${origin.author}: ${said}`,
      isSilent: this.#isSilent(conversationId),
      conversationId,
    })
  }

  #showSummary(ringing: readonly Known[]): void {
    const count = ringing.reduce((sum, { arrival }) => sum + arrival.count, 0)
    this.ports.show({
      key: missedKey,
      title: 'While you were away',
      body: `${count} new messages in ${ringing.length} conversations`,
      isSilent: this.#isSilent(missedKey),
      conversationId: null,
    })
  }

  #isSilent(key: string): boolean {
    const { now, settings } = this.ports
    if (!settings().hasSound || !soundsAgain(this.#rangAt.get(key), now())) return true
    this.#rangAt.set(key, now())
    return false
  }
}

function knownStanding({
  headSeq,
  lastMessage,
  unreadCount,
  mentionCount,
}: NonNullable<InboxNews['changes'][number]['known']>): Standing {
  return {
    seq: lastMessage?.seq ?? headSeq ?? 0,
    unreadCount: unreadCount ?? 0,
    mentionCount: mentionCount ?? 0,
  }
}
