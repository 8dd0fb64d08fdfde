import { eventually } from '@parley/testing/eventually'
import type { Wish } from '@parley/testing/history'
import type { Deed } from './deed.ts'
import type { Person, Room } from './person.ts'

const mutation = (field: string, input: string, selected: string): string =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { ${selected} errors { code } } }`

const conversation = 'conversation { id }'
const removal = mutation('removeMember', 'RemoveMemberInput', conversation)
const leaving = mutation('leaveConversation', 'LeaveConversationInput', 'conversationId')
const addition = mutation('addMembers', 'AddMembersInput', conversation)

/** One and the same person comes and goes, so that of all others it is known whom `@all` stood for. */
const moving = (
  name: string,
  share: number,
  kind: string,
  text: string,
  inputOf: (person: Person, room: Room) => Readonly<Record<string, unknown>> | null,
): Deed => ({
  name,
  share,
  run: async (person, room) => {
    if (room.wanderer === null) return
    const input = inputOf(person, room)
    const wish: Wish = { kind, about: null, member: room.wanderer }
    if (input !== null) await person.change(room, { wish, mutation: text, input, isOnce: false })
  },
})

/** Refused to all but the owner. */
const removes = moving('remove a member', 0.8, 'MemberLeft', removal, (person, { id, wanderer }) =>
  person.id === wanderer ? null : { conversationId: id, userId: wanderer },
)

const leaves = moving('leave', 1, 'MemberLeft', leaving, (person, { id, wanderer }) =>
  person.id === wanderer ? { conversationId: id } : null,
)

const adds = moving('add a member', 1.2, 'MemberJoined', addition, (person, { id, wanderer }) =>
  person.id === wanderer ? null : { conversationId: id, userIds: [wanderer] },
)

export const memberDeeds: readonly Deed[] = [removes, leaves, adds]

const renaming = mutation('renameConversation', 'RenameConversationInput', conversation)

/**
 * At the end the one who comes and goes is in every room of theirs, and everything that was done to members is in its timeline:
 * what comes from the conversation subgraph is in order, so a new title comes behind all of it.
 */
export async function gatherAll(owner: Person): Promise<void> {
  for (const room of owner.rooms) {
    const { id: conversationId, wanderer } = room
    if (wanderer === null) continue
    const wish: Wish = { kind: 'MemberJoined', about: null, member: wanderer }
    const input = { conversationId, userIds: [wanderer] }
    await owner.change(room, { wish, mutation: addition, input, isOnce: false, mayGiveUp: false })
    const title = `The end of ${conversationId.slice(-8)}`
    await owner.until('a group was renamed', () => owner.ask(renaming, { input: { conversationId, title } }))
    const arrive = () => {
      if (room.title !== title) throw new Error('The new title is not there yet')
    }
    await eventually(arrive, { timeout: 90_000 })
  }
}
