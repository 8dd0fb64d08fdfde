import type { Client } from '@parley/testing/client'
import { queries } from '../chat.ts'
import { eventFields } from './shown.ts'
import type { EventShown } from './shown.ts'
import type { Witness } from './witness.ts'

interface Target {
  readonly conversationId: string
  readonly messageId: string
  readonly clientId: string
}

type Attempt = readonly [what: string, query: string, variables: Record<string, unknown>]

const more = ({ conversationId, messageId, clientId }: Target): readonly Attempt[] => [
  [
    'a reply',
    'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { event { seq } } }',
    { input: { conversationId, clientId, text: 'Hello?', threadId: messageId } },
  ],
  [
    'a pin',
    'mutation ($input: PinInput!) { pinMessage(input: $input) { message { text } } }',
    { input: { conversationId, messageId, clientId } },
  ],
  [
    'a bookmark',
    'mutation ($input: BookmarkInput!) { addBookmark(input: $input) { messageId } }',
    { input: { messageId } },
  ],
  [
    'a thread',
    'query ($conversationId: ID!, $rootId: ID!) { thread(conversationId: $conversationId, rootId: $rootId) { root { text } } }',
    { conversationId, rootId: messageId },
  ],
  [
    'a forward',
    'mutation ($input: ForwardMessageInput!) { forwardMessage(input: $input) { event { message { text } } } }',
    { input: { conversationId, messageId, clientId } },
  ],
  [
    'a mute',
    'mutation ($input: MuteConversationInput!) { muteConversation(input: $input) { conversation { mute { isMuted } } } }',
    { input: { conversationId } },
  ],
  ['a message', 'query ($id: ID!) { message(id: $id) { text } }', { id: messageId }],
  ['pins', 'query ($id: ID!) { conversation(id: $id) { pinnedMessages { text } } }', { id: conversationId }],
]

/** Who is a member of nothing, knows every id, and is told nothing: what they are shown is an incident. */
export class Outsider {
  readonly #client: Client
  readonly #rooms: readonly string[]
  readonly #witness: Witness

  constructor(client: Client, rooms: readonly string[], witness: Witness) {
    this.#client = client
    this.#rooms = rooms
    this.#witness = witness
  }

  /** Tries everything once in each room. */
  async pry(): Promise<void> {
    for (const id of this.#rooms) {
      const input = { conversationId: id, messageId: this.#witness.messageOf(id) ?? id, clientId: crypto.randomUUID() }
      await this.#ask('a page', queries.history, { id, before: null, last: 20 })
      await this.#ask('a send', queries.send, {
        input: { conversationId: id, clientId: input.clientId, text: 'Hello?' },
      })
      await this.#ask('a reaction', queries.react, { input: { ...input, emoji: '👀' } })
      await this.#ask('a deletion', queries.remove, { input })
      for (const [what, query, variables] of more(input)) await this.#ask(what, query, variables)
      await this.#follow(id)
    }
  }

  async #ask(what: string, query: string, variables: Record<string, unknown>): Promise<void> {
    const answer = await this.#client.gql(query, variables).catch(() => null)
    const shown = Object.values((answer?.data as Record<string, unknown> | null | undefined) ?? {})
    if (shown.some((value) => value !== null)) this.#witness.incidents.push(`I7: an outsider was answered: ${what}`)
    this.#witness.count('refusals of an outsider')
  }

  async #follow(conversation: string): Promise<void> {
    const tab = this.#client.anotherTab()
    const viewer = tab.userId
    const place = { viewer, conversation, where: 'frame', since: this.#witness.now } as const
    const document = `subscription ($id: ID!) { timeline(conversationId: $id, after: 0) { events { ${eventFields} } } }`
    try {
      const stream = tab.subscribe<{ timeline: { events: readonly EventShown[] } | null }>(document, {
        id: conversation,
      })
      const { data } = await stream.next(2_000)
      for (const event of data?.timeline?.events ?? []) this.#witness.saw(event, place)
    } catch {
      // Refused, as it must be, or a fault.
    } finally {
      await tab.close()
    }
  }
}
