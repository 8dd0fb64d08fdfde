import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { DomainError } from '@parley/kernel/errors'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { Random } from '@parley/testing/random'
import { unread } from '../domain/read-state'
import type { WholeProcess } from './whole-process'

export const busyPeople: readonly UserId[] = Array.from({ length: 5 }, newUser)

interface Known {
  readonly id: MessageId
  readonly authorId: UserId
  readonly isReply: boolean
}

/**
 * People who do everything that changes a conversation, at random by a seed: they send, reply in threads and with quotes,
 * forward, mention, edit, delete, react, pin, read, mark as unread, mute, leave and come back. `neighbour`: where else they
 * forward from.
 */
export class BusyConversation {
  readonly id: ConversationId = newConversation()
  readonly #messages: Known[] = []
  readonly #pins: MessageId[] = []
  readonly #reactions: { readonly id: MessageId; readonly userId: UserId }[] = []
  readonly #random: Random

  constructor(
    seed: number,
    private readonly people: readonly UserId[] = busyPeople,
    private readonly neighbour: BusyConversation | null = null,
  ) {
    this.#random = new Random(seed)
  }

  async begin(process: WholeProcess): Promise<void> {
    const [owner] = this.people as [UserId]
    await process.record(this.id, owner, { type: 'ConversationStarted', data: { title: 'Busy' } }, this.people)
    for (let count = 0; count < 3; count += 1) await this.#send(process)
  }

  /** One step. What is refused, because somebody else was first, changes nothing. */
  async act(process: WholeProcess): Promise<void> {
    const kinds = [this.#send, this.#send, this.#edit, this.#edit, this.#remove, this.#react, this.#pin, this.#reply]
    const others = [this.#reply, this.#read, this.#read, this.#markUnread, this.#readThread, this.#leave]
    const later = [this.#quote, this.#quote, this.#forward, this.#mute]
    const step = this.#random.pick([...kinds, ...others, ...later])
    try {
      await step.call(this, process)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
    }
  }

  #text(): string {
    const [one, other] = [this.#random.pick(this.people), this.#random.pick(this.people)]
    return this.#random.pick(['@all', '@here look', 'Hello', 'A word', `<@${one}>`, `<@${one}> and <@${other}>`])
  }

  async #send(process: WholeProcess): Promise<void> {
    const authorId = this.#random.pick(this.people)
    const { message } = await process.send(this.id, authorId, this.#text())
    if (message !== null) this.#messages.push({ id: message.id, authorId, isReply: false })
  }

  async #reply(process: WholeProcess): Promise<void> {
    const root = this.#random.pick(this.#messages.filter(({ isReply }) => !isReply).slice(0, 6))
    const [authorId, alsoInConversation] = [this.#random.pick(this.people), this.#random.chance(0.3)]
    const { message } = await process.send(this.id, authorId, this.#text(), { rootId: root.id, alsoInConversation })
    if (message !== null) this.#messages.push({ id: message.id, authorId, isReply: true })
  }

  /** Of anything: what is in another list is refused. */
  async #quote(process: WholeProcess): Promise<void> {
    const [authorId, quoted] = [this.#random.pick(this.people), this.#random.pick(this.#messages)]
    const { message } = await process.send(this.id, authorId, this.#text(), null, quoted.id)
    if (message !== null) this.#messages.push({ id: message.id, authorId, isReply: false })
  }

  async #forward(process: WholeProcess): Promise<void> {
    const sources = [...this.#messages, ...(this.neighbour === null ? [] : this.neighbour.#messages)]
    const [authorId, source] = [this.#random.pick(this.people), this.#random.pick(sources)]
    const { message } = await process.forward(this.id, authorId, source.id)
    if (message !== null) this.#messages.push({ id: message.id, authorId, isReply: false })
  }

  async #mute(process: WholeProcess): Promise<void> {
    await process.mute(this.id, this.#random.pick(this.people), this.#random.chance(0.5))
  }

  async #edit(process: WholeProcess): Promise<void> {
    const { id, authorId } = this.#random.pick(this.#messages)
    await process.edit(id, authorId, this.#text())
  }

  async #remove(process: WholeProcess): Promise<void> {
    const { id, authorId } = this.#random.pick(this.#messages)
    await process.remove(this.id, id, this.#random.chance(0.5) ? authorId : this.#random.pick(this.people))
  }

  async #react(process: WholeProcess): Promise<void> {
    const known = this.#reactions.pop()
    if (known !== undefined && this.#random.chance(0.5)) {
      await process.react(this.id, known.id, known.userId, false)
      return
    }
    const [{ id }, userId] = [this.#random.pick(this.#messages), this.#random.pick(this.people)]
    await process.react(this.id, id, userId, true)
    this.#reactions.push({ id, userId })
  }

  async #pin(process: WholeProcess): Promise<void> {
    const userId = this.#random.pick(this.people)
    const known = this.#pins.pop()
    if (known !== undefined && this.#random.chance(0.5)) {
      await process.pin(this.id, known, userId, false)
      return
    }
    const { id } = this.#random.pick(this.#messages)
    await process.pin(this.id, id, userId, true)
    this.#pins.push(id)
  }

  async #read(process: WholeProcess): Promise<void> {
    const { lines } = await process.log.head(this.id)
    await process.markRead(this.id, this.#random.pick(this.people), lines - this.#random.below(Math.min(lines, 5)))
  }

  async #markUnread(process: WholeProcess): Promise<void> {
    const userId = this.#random.pick(this.people)
    const { lines } = await process.log.head(this.id)
    const { revision } = (await process.inbox.readStates(userId, [this.id])).get(this.id) ?? unread
    await process.markUnread(this.id, userId, Math.max(1, lines - this.#random.below(20)), revision)
  }

  async #readThread(process: WholeProcess): Promise<void> {
    const [root] = await process.current.byId([this.#random.pick(this.#messages.slice(0, 6)).id])
    const lines = root?.thread?.lines ?? 0
    if (root !== undefined && lines > 0)
      await process.markThreadRead(
        this.id,
        root.id,
        this.#random.pick(this.people),
        lines - this.#random.below(Math.min(lines, 3)),
      )
  }

  async #leave(process: WholeProcess): Promise<void> {
    const memberId = this.#random.pick(this.people)
    await process.record(this.id, memberId, { type: 'MemberLeft', data: { memberId } }, [memberId])
    await process.record(this.id, this.people[0] as UserId, { type: 'MemberJoined', data: { memberId } }, [memberId])
  }
}
