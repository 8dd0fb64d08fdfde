import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { DomainError } from '@parley/kernel/errors'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { unread } from '../domain/read-state'
import { numbersFrom } from './numbers'
import type { WholeProcess } from './whole-process'

export const busyPeople: readonly UserId[] = Array.from({ length: 5 }, newUser)

interface Known {
  readonly id: MessageId
  readonly authorId: UserId
  readonly isReply: boolean
}

/**
 * People who do everything that changes a conversation, at random by a seed: they send, reply in threads, mention, edit, delete,
 * react, pin, read, mark as unread, leave and come back.
 */
export class BusyConversation {
  readonly id: ConversationId = newConversation()
  readonly #messages: Known[] = []
  readonly #pins: MessageId[] = []
  readonly #reactions: { readonly id: MessageId; readonly userId: UserId }[] = []
  readonly #next: (below: number) => number

  constructor(
    seed: number,
    private readonly people: readonly UserId[] = busyPeople,
  ) {
    this.#next = numbersFrom(seed)
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
    const step = this.#pick([...kinds, ...others])
    try {
      await step.call(this, process)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
    }
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#next(items.length)] as Item
  }

  #text(): string {
    const [one, other] = [this.#pick(this.people), this.#pick(this.people)]
    return this.#pick(['@all', '@here look', 'Hello', 'A word', `<@${one}>`, `<@${one}> and <@${other}>`])
  }

  async #send(process: WholeProcess): Promise<void> {
    const authorId = this.#pick(this.people)
    const { message } = await process.send(this.id, authorId, this.#text())
    if (message !== null) this.#messages.push({ id: message.id, authorId, isReply: false })
  }

  async #reply(process: WholeProcess): Promise<void> {
    const root = this.#pick(this.#messages.filter(({ isReply }) => !isReply).slice(0, 6))
    const [authorId, alsoInConversation] = [this.#pick(this.people), this.#next(3) === 0]
    const { message } = await process.send(this.id, authorId, this.#text(), { rootId: root.id, alsoInConversation })
    if (message !== null) this.#messages.push({ id: message.id, authorId, isReply: true })
  }

  async #edit(process: WholeProcess): Promise<void> {
    const { id, authorId } = this.#pick(this.#messages)
    await process.edit(id, authorId, this.#text())
  }

  async #remove(process: WholeProcess): Promise<void> {
    const { id, authorId } = this.#pick(this.#messages)
    await process.remove(this.id, id, this.#next(2) === 0 ? authorId : this.#pick(this.people))
  }

  async #react(process: WholeProcess): Promise<void> {
    const known = this.#reactions.pop()
    if (known !== undefined && this.#next(2) === 0) {
      await process.react(this.id, known.id, known.userId, false)
      return
    }
    const [{ id }, userId] = [this.#pick(this.#messages), this.#pick(this.people)]
    await process.react(this.id, id, userId, true)
    this.#reactions.push({ id, userId })
  }

  async #pin(process: WholeProcess): Promise<void> {
    const userId = this.#pick(this.people)
    const known = this.#pins.pop()
    if (known !== undefined && this.#next(2) === 0) {
      await process.pin(this.id, known, userId, false)
      return
    }
    const { id } = this.#pick(this.#messages)
    await process.pin(this.id, id, userId, true)
    this.#pins.push(id)
  }

  async #read(process: WholeProcess): Promise<void> {
    const { lines } = await process.log.head(this.id)
    await process.markRead(this.id, this.#pick(this.people), lines - this.#next(Math.min(lines, 5)))
  }

  async #markUnread(process: WholeProcess): Promise<void> {
    const userId = this.#pick(this.people)
    const { lines } = await process.log.head(this.id)
    const { revision } = (await process.inbox.readStates(userId, [this.id])).get(this.id) ?? unread
    await process.markUnread(this.id, userId, Math.max(1, lines - this.#next(20)), revision)
  }

  async #readThread(process: WholeProcess): Promise<void> {
    const [root] = await process.current.byId([this.#pick(this.#messages.slice(0, 6)).id])
    const lines = root?.thread?.lines ?? 0
    if (root !== undefined && lines > 0)
      await process.markThreadRead(this.id, root.id, this.#pick(this.people), lines - this.#next(Math.min(lines, 3)))
  }

  async #leave(process: WholeProcess): Promise<void> {
    const memberId = this.#pick(this.people)
    await process.record(this.id, memberId, { type: 'MemberLeft', data: { memberId } }, [memberId])
    await process.record(this.id, this.people[0] as UserId, { type: 'MemberJoined', data: { memberId } }, [memberId])
  }
}
