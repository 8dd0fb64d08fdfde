import type { Wish } from '@parley/testing/history'
import type { Change, Person, Room } from './person.ts'
import { eventFields, messageFields } from './shown.ts'
import type { EventShown, MessageShown } from './shown.ts'

/** Something that a person does in a conversation. */
export interface Deed {
  readonly name: string
  /** How often, beside the others. */
  readonly share: number
  readonly run: (person: Person, room: Room) => Promise<void>
}

const mutation = (field: string, input: string, kind: string, alsoMessage = false): string =>
  `mutation ($input: ${input}!) { ${field}(input: $input) {
    event { __typename seq line actorId message { ${messageFields} } }
    ${alsoMessage ? `message { ${messageFields} }` : ''} errors { code } } } # ${kind}`

/** A change that makes an event: what it asks for, or null when there is nothing to change yet. */
const change = (
  name: string,
  share: number,
  text: string,
  plan: (person: Person, room: Room) => Omit<Change, 'mutation'> | null,
): Deed => ({
  name,
  share,
  run: async (person, room) => {
    const planned = plan(person, room)
    if (planned !== null) await person.change(room, { ...planned, mutation: text })
  },
})

/** Mostly of the newest, so that several people change the same ones. */
function pickMessage(
  { random }: Person,
  { messages }: Room,
  fits: (message: MessageShown) => boolean = () => true,
): MessageShown | undefined {
  const all = [...messages.values()].filter(fits)
  return random.pick(random.chance(0.8) ? all.slice(-6) : all)
}

const emoji = ['👍', '❤️', '🎉', '🤷🏽‍♀️']

const reaction = (name: string, share: number, field: string, kind: string): Deed =>
  change(name, share, mutation(field, 'ReactionInput', kind, true), (person, room) => {
    const message = pickMessage(person, room)
    const picked = person.random.pick(emoji) ?? '👍'
    if (message === undefined) return null
    const wish: Wish = { kind, about: message.id, emoji: picked }
    return { wish, input: { conversationId: room.id, messageId: message.id, emoji: picked } }
  })

const sends = change('send', 6, mutation('sendMessage', 'SendMessageInput', 'MessageSent'), (person, room) => {
  const text = person.newText()
  return { wish: { kind: 'MessageSent', about: null, text }, input: { conversationId: room.id, text } }
})

const editing = (name: string, share: number, isOwn: boolean): Deed =>
  change(name, share, mutation('editMessage', 'EditMessageInput', 'MessageEdited'), (person, room) => {
    const message = pickMessage(person, room, ({ authorId }) => (authorId === person.id) === isOwn)
    if (message === undefined) return null
    const text = person.newText()
    return { wish: { kind: 'MessageEdited', about: message.id, text }, input: { messageId: message.id, text } }
  })

const deletes = change(
  'delete',
  1,
  mutation('deleteMessage', 'DeleteMessageInput', 'MessageDeleted'),
  (person, room) => {
    // The owner of a group may delete any; for others, another's is refused.
    const message = pickMessage(person, room)
    if (message === undefined) return null
    const wish: Wish = { kind: 'MessageDeleted', about: message.id }
    return { wish, input: { conversationId: room.id, messageId: message.id } }
  },
)

const pageQuery = `query ($id: ID!, $before: Int) {
  conversation(id: $id) { readLine history(before: $before, last: 20) { headSeq hasEarlier events { ${eventFields} } }
    lastMessage { text } } }`

interface PageAnswer {
  readonly conversation: {
    readonly readLine: number | null
    readonly history: {
      readonly headSeq: number
      readonly hasEarlier: boolean
      readonly events: readonly EventShown[]
    } | null
  } | null
}

/** Reads the page before a line, or the last one; resolves with the line to continue at, or null at the beginning. */
export async function readPage(person: Person, room: Room, before: number | null): Promise<number | null> {
  const place = person.placeOf(room, 'page')
  const { viewer, conversation, since } = place
  const answer = await person.ask<PageAnswer>(pageQuery, { id: room.id, before })
  const { history, readLine } = answer?.data?.conversation ?? { history: null, readLine: null }
  if (history === null) return before
  const { headSeq, events, hasEarlier } = history
  person.witness.history.record({ op: 'page', conversation, viewer, since, headSeq })
  if (readLine !== null) person.witness.history.record({ op: 'position', conversation, viewer, since, readLine })
  person.witness.showed(answer?.data, place)
  for (const event of events) person.witness.saw(event, place)
  return hasEarlier ? (events.find(({ line }) => line !== null)?.line ?? null) : null
}

const reads: Deed = {
  name: 'read',
  share: 3,
  run: async (person, room) => {
    const before = await readPage(person, room, null)
    if (before !== null && person.random.chance(0.3)) await readPage(person, room, before)
  },
}

const markQuery = `mutation ($input: MarkReadInput!) {
  markRead(input: $input) { conversation { readLine } errors { code } } }`

/** Asked until it is answered: a position that nobody knows would prove nothing. */
const marks: Deed = {
  name: 'mark read',
  share: 2,
  run: async (person, room) => {
    const line = Math.max(0, room.lines - person.random.below(4))
    const { id: viewer } = person
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const answer = await person.ask(markQuery, { input: { conversationId: room.id, line } })
      if (answer === null) continue
      person.witness.history.record({ op: 'marked', conversation: room.id, viewer, line, isBack: false })
      return
    }
    person.witness.incidents.push('A read position could not be moved')
  },
}

const reconnects: Deed = { name: 'reconnect', share: 1, run: (person) => person.reconnect() }

/** Everything that people do at random. One more operation of the API is one more row. */
export const deeds: readonly Deed[] = [
  sends,
  editing('edit', 3, true),
  editing('edit of another’s', 0.3, false),
  deletes,
  reaction('react', 4, 'addReaction', 'ReactionAdded'),
  reaction('take a reaction back', 2, 'removeReaction', 'ReactionRemoved'),
  reads,
  marks,
  reconnects,
]
