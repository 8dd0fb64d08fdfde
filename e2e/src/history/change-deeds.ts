import type { Mentions, Wish } from '@parley/testing/history'
import { change, pickMessage } from './deed.ts'
import type { Deed } from './deed.ts'
import type { Person, Room } from './person.ts'
import { fieldsOfKind, messageFields } from './shown.ts'
import type { MessageShown } from './shown.ts'

const mutation = (field: string, input: string, kind: string, beside = ''): string =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { event { ${fieldsOfKind(kind)} } ${beside} errors { code } } }`

const message = `message { ${messageFields} }`
const sendMutation = mutation('sendMessage', 'SendMessageInput', 'MessageSent')
const emoji = ['👍', '❤️', '🎉', '🤷🏽‍♀️']

/** A text that mentions some people, all, those who are online, or nobody. */
function textOf(person: Person, { members, wanderer }: Room): { readonly text: string; readonly mentions?: Mentions } {
  const { random, id } = person
  // Whether one who comes and goes can be mentioned is not known.
  const mentionable = members.filter((user) => user !== wanderer)
  const users = random.chance(0.2) ? random.shuffled(mentionable).slice(0, 1 + random.below(2)) : []
  const all = random.chance(0.07)
  const here = random.chance(0.07)
  const words = [...(all ? ['@all'] : []), ...(here ? ['@here'] : [])]
  const text = person.newText([...users.map((user) => `<@${user}>`), ...words])
  const others = users.filter((user) => user !== id)
  return others.length === 0 && words.length === 0 ? { text } : { text, mentions: { users: others, all, here } }
}

const sends = change('send', 6, sendMutation, (person, room) => {
  const wish: Wish = { kind: 'MessageSent', about: null, ...textOf(person, room) }
  return { wish, input: { conversationId: room.id, text: wish.text } }
})

const replies = change('reply in a thread', 4, sendMutation, (person, room) => {
  // Now and then to a reply, which is refused.
  const root = pickMessage(person, room, ({ threadId }) => threadId === null || person.random.chance(0.05))
  if (root === undefined) return null
  const alsoInConversation = person.random.chance(0.3)
  const reply = { root: root.id, alsoInConversation }
  const wish: Wish = { kind: 'MessageSent', about: null, reply, ...textOf(person, room) }
  return { wish, input: { conversationId: room.id, text: wish.text, threadId: root.id, alsoInConversation } }
})

const editing = (name: string, share: number, isOwn: boolean): Deed =>
  change(name, share, mutation('editMessage', 'EditMessageInput', 'MessageEdited'), (person, room) => {
    const picked = pickMessage(person, room, ({ authorId }) => (authorId === person.id) === isOwn)
    if (picked === undefined) return null
    const wish: Wish = { kind: 'MessageEdited', about: picked.id, ...textOf(person, room) }
    return { wish, input: { messageId: picked.id, text: wish.text } }
  })

const deletes = change(
  'delete',
  1,
  mutation('deleteMessage', 'DeleteMessageInput', 'MessageDeleted'),
  (person, room) => {
    // The owner of a group may delete any; for others, another's is refused.
    const picked = pickMessage(person, room)
    if (picked === undefined) return null
    const wish: Wish = { kind: 'MessageDeleted', about: picked.id }
    return { wish, input: { conversationId: room.id, messageId: picked.id } }
  },
)

const reacting = (name: string, share: number, field: string, kind: string): Deed =>
  change(name, share, mutation(field, 'ReactionInput', kind, message), (person, room) => {
    const own = ({ reactions }: MessageShown) => reactions.find(({ userIds }) => userIds.includes(person.id))
    const isUsual = kind === 'ReactionAdded' || person.random.chance(0.2)
    const picked = pickMessage(person, room, (shown) => isUsual || own(shown) !== undefined)
    if (picked === undefined) return null
    const one = (isUsual ? undefined : own(picked)?.emoji) ?? person.random.pickIfAny(emoji) ?? '👍'
    const wish: Wish = { kind, about: picked.id, emoji: one }
    return { wish, input: { conversationId: room.id, messageId: picked.id, emoji: one } }
  })

const pinning = (name: string, share: number, field: string, kind: string): Deed =>
  change(name, share, mutation(field, 'PinInput', kind, message), (person, room) => {
    const isUsual = kind === 'MessagePinned' || person.random.chance(0.2)
    const picked = pickMessage(person, room, ({ pinnedById }) => isUsual || pinnedById !== null)
    if (picked === undefined) return null
    return { wish: { kind, about: picked.id }, input: { conversationId: room.id, messageId: picked.id } }
  })

/** Mostly what is in the same list; now and then something else, which is refused. */
const quotes = change('reply with a quote', 3, sendMutation, (person, room) => {
  const isInThread = person.random.chance(0.4)
  const root = isInThread
    ? pickMessage(person, room, ({ threadId, thread }) => threadId === null && thread !== null)
    : undefined
  const isAny = person.random.chance(0.1)
  const other = isAny ? person.random.pickIfAny(person.rooms) : room
  const quoted = pickMessage(
    person,
    other ?? room,
    ({ id, line, threadId }) => isAny || (root === undefined ? line !== null : id === root.id || threadId === root.id),
  )
  if (quoted === undefined) return null
  const place = root === undefined ? {} : { reply: { root: root.id, alsoInConversation: person.random.chance(0.3) } }
  const wish: Wish = { kind: 'MessageSent', about: null, replyToId: quoted.id, ...place, ...textOf(person, room) }
  const { root: threadId, alsoInConversation } = wish.reply ?? {}
  const thread = threadId === undefined ? {} : { threadId, alsoInConversation }
  return { wish, input: { conversationId: room.id, text: wish.text, replyToId: quoted.id, ...thread } }
})

const forwardMutation = mutation('forwardMessage', 'ForwardMessageInput', 'MessageSent')

const forwarding = (name: string, share: number, sourceOf: (person: Person) => string | undefined): Deed =>
  change(name, share, forwardMutation, (person, room) => {
    const sourceId = sourceOf(person)
    if (sourceId === undefined) return null
    return {
      wish: { kind: 'MessageSent', about: null, sourceId },
      input: { conversationId: room.id, messageId: sourceId },
    }
  })

const forwards = forwarding('forward', 2.5, (person) => {
  const from = person.random.pickIfAny(person.rooms)
  return from === undefined ? undefined : pickMessage(person, from)?.id
})

/** It is refused; what it has is shown to nobody. */
const forwardsUnseen = forwarding('forward what one may not see', 0.5, ({ random, closedRooms, witness }) =>
  witness.messageOf(random.pickIfAny(closedRooms) ?? ''),
)

/** When all is quiet: for those who are online it is a mention. */
export async function callThoseOnline(person: Person): Promise<void> {
  for (const room of person.rooms) {
    const text = person.newText(['@here'])
    const wish: Wish = { kind: 'MessageSent', about: null, text, mentions: { users: [], all: false, here: true } }
    const input = { conversationId: room.id, text }
    await person.change(room, { wish, mutation: sendMutation, input, mayGiveUp: false })
  }
}

/** What makes an event about a message. */
export const changeDeeds: readonly Deed[] = [
  sends,
  replies,
  quotes,
  forwards,
  forwardsUnseen,
  editing('edit', 3, true),
  editing('edit of another’s', 0.3, false),
  deletes,
  reacting('react', 4, 'addReaction', 'ReactionAdded'),
  reacting('take a reaction back', 2, 'removeReaction', 'ReactionRemoved'),
  pinning('pin', 2, 'pinMessage', 'MessagePinned'),
  pinning('unpin', 1.5, 'unpinMessage', 'MessageUnpinned'),
]
