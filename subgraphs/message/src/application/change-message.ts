import { Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { evolve, type Message, messageIdsOf } from '../domain/message'
import { changedMeanwhile, noSuchMessage } from '../domain/policy'
import type { TimelineEntry, TimelineEvent } from '../domain/timeline-event'
import { Admission } from './admission'
import { decisionOn } from './append-once'
import { maxAttempts, pauseAfter } from './attempts'
import { CurrentMessages, type MessageUpTo } from './current-messages'
import { TimelineLog } from './timeline-log'

/** What a change makes of a message; null when the message is already as it should be. */
type Decision = TimelineEntry | null

interface Outcome<Made> {
  readonly event: Made
  /** What the next change in this process may begin with; null when it has to read. */
  readonly left: MessageUpTo | null
}

export interface ChangeRequest {
  readonly messageId: MessageId
  /** Where its writer says that it is: a message of another conversation is not there. */
  readonly conversationId?: ConversationId
  /** For a change that the root of the message's thread shows too: it is decided on both. */
  readonly withRoot?: boolean
  readonly actorId: UserId
  readonly clientId: ClientId
}

/**
 * Read → decide → append, for whatever changes a message: decided again when another change was first, so that none is lost
 * although each carries the whole message. In one process the changes of a message take turns, and each begins with what the
 * one before it left, so that a hundred people who react at once cost a hundred inserts and not thousands of reads.
 */
@Injectable()
export class ChangeMessage {
  readonly #turns = new Map<MessageId, Promise<MessageUpTo | null>>()

  constructor(
    private readonly admission: Admission,
    private readonly log: TimelineLog,
    private readonly messages: CurrentMessages,
  ) {}

  /**
   * Resolves with null when `decide` decides that nothing is to be changed, and nothing was written with this client id
   * before. Throws NOT_FOUND when the message is not there for this user, whatever its client id has done elsewhere, and
   * CONFLICT when others change it all the time.
   */
  async execute<Made extends Decision>(
    request: ChangeRequest,
    decide: (message: Message, root: Message | null) => Made,
  ): Promise<TimelineEvent | Extract<Made, null>> {
    const { messageId } = request
    const before = this.#turns.get(messageId) ?? Promise.resolve(null)
    const turn = before.then((known) => this.#change(request, decide, known))
    const left = turn.then(
      (outcome) => outcome.left,
      () => null,
    )
    this.#turns.set(messageId, left)
    void left.then(() => {
      if (this.#turns.get(messageId) === left) this.#turns.delete(messageId)
    })
    return (await turn).event
  }

  async #change<Made extends Decision>(
    request: ChangeRequest,
    decide: (message: Message, root: Message | null) => Made,
    known: MessageUpTo | null,
  ): Promise<Outcome<TimelineEvent | Extract<Made, null>>> {
    const { messageId, actorId, clientId } = request
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const found = (attempt === 1 ? known : null) ?? (await this.messages.toChange(messageId))
      if (found === null || !(await this.#isThere(request, found.message))) throw noSuchMessage()
      const root = request.withRoot === true ? await this.#rootOf(found.message) : null
      const decision = decisionOn<Decision>(() => decide(found.message, root?.message ?? null))
      if (decision === null || decision instanceof DomainError) {
        const { conversationId } = found.message
        // What was written with this client id is the answer, whatever is decided now: to a retry of what was done.
        const earlier = await this.log.earlier({ conversationId, actorId, clientId })
        if (earlier === null && decision !== null) throw decision
        return { event: earlier ?? (null as Extract<Made, null>), left: found }
      }
      const event = await this.log.appendIfUnchanged(decision, Math.min(found.upTo, root?.upTo ?? Infinity))
      if (event !== null) return { event, left: after(found, event) }
      await pauseAfter(attempt)
    }
    throw changedMeanwhile()
  }

  async #isThere({ conversationId, actorId }: ChangeRequest, message: Message): Promise<boolean> {
    const isNamed = conversationId === undefined || conversationId === message.conversationId
    return isNamed && (await this.admission.maySee(message.conversationId, actorId))
  }

  #rootOf({ threadId }: Message): Promise<MessageUpTo | null> {
    return threadId === null ? Promise.resolve(null) : this.messages.toChange(threadId)
  }
}

/** The log answers a known client id with its first event, which may be an old one or about another message. */
function after({ message, upTo }: MessageUpTo, event: TimelineEvent): MessageUpTo | null {
  if (event.seq <= upTo || !messageIdsOf(event).includes(message.id)) return null
  const changed = evolve(message, event)
  return changed === null ? null : { message: changed, upTo: event.seq }
}
