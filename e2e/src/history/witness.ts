import { History } from '@parley/testing/history'
import type { Since, Wish } from '@parley/testing/history'
import type { MuteShown } from './mute-deeds.ts'
import { entryOf, stateOf, wordsIn } from './shown.ts'
import type { EventShown, MessageShown } from './shown.ts'

/** Where a client saw something. */
export interface Place {
  readonly viewer: string
  readonly conversation: string
  readonly where: 'frame' | 'answer' | 'page' | 'newest'
  /** `history.length` when it was asked for; of a frame, when its stream was opened. */
  readonly since: Since
}

/** Writes down what all clients of a run asked for and saw. */
export class Witness {
  readonly history = new History()
  /** What must not happen and is in no operation: a process that died, a defect that was told, a call without an end. */
  readonly incidents: string[] = []
  /** How often requests were repeated, and streams opened again. */
  readonly counts = new Map<string, number>()
  readonly #lastIn = new Map<string, string>()
  #streams = 0

  get now(): Since {
    return this.history.length
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  asked(call: string, conversation: string, user: string, wish: Wish): void {
    this.history.record({ op: 'asked', call, conversation, user, wish, ms: performance.now() })
  }

  accepted(call: string, conversation: string, event: EventShown | null): void {
    if (event !== null) this.history.record({ op: 'acknowledged', conversation, entry: entryOf(event) })
    this.history.record({ op: 'accepted', call, seq: event?.seq ?? null, ms: performance.now() })
  }

  refused(call: string, code: string): void {
    this.history.record({ op: 'refused', call, code })
  }

  opened(viewer: string, conversation: string, after: number, gateway: string): string {
    this.#streams += 1
    const stream = `${viewer}#${this.#streams}`
    this.history.record({ op: 'opened', stream, conversation, viewer, after, gateway })
    return stream
  }

  delivered(stream: string, event: EventShown, place: Place): void {
    const ms = performance.now()
    this.history.record({ op: 'delivered', stream, entry: entryOf(event), ms })
    this.saw(event, place)
    const words = wordsIn(event)
    const inFrame = { stream, seq: event.seq, ms }
    if (words.length > 0)
      this.history.record({ op: 'showed', viewer: place.viewer, since: place.since, words, inFrame })
  }

  /** An event with the messages beside it. */
  saw({ seq, message, root }: EventShown, place: Place): void {
    if (message !== undefined) this.sawMessage(message, seq, place)
    if (root !== undefined && root !== null) this.sawMessage(root, seq, place)
  }

  /** With the one that it quotes. */
  sawMessage(message: MessageShown, seq: number, place: Place): void {
    const { id, version, conversationId, replyTo = null } = message
    this.history.record({ op: 'saw', ...place, seq, message: id, version, state: stateOf(message) })
    this.#lastIn.set(conversationId, id)
    if (replyTo !== null) this.sawMessage(replyTo, 0, place)
  }

  /** The id of a message of a conversation that somebody has just seen; undefined when there is none. */
  messageOf(conversation: string): string | undefined {
    return this.#lastIn.get(conversation)
  }

  sawMute({ isMuted, revision }: MuteShown, place: Omit<Place, 'where'>, asked: number): void {
    this.history.record({ op: 'mute', ...place, isMuted, revision, asked, answered: performance.now() })
  }

  /** All texts of the run in it, wherever they stand. */
  showed(answer: unknown, { viewer, since }: Pick<Place, 'viewer' | 'since'>): void {
    const words = wordsIn(answer)
    if (words.length > 0) this.history.record({ op: 'showed', viewer, since, words })
  }
}
