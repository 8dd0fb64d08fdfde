import { randomUUID } from 'node:crypto'
import { fold } from '@parley/kernel/decider'
import { given } from '@parley/kernel/given'
import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import fc from 'fast-check'
import {
  addMembers,
  leave,
  removeMember,
  rename as renameTo,
  setTopic,
  startDirect,
  startGroup as startGroupWith,
} from './commands'
import {
  type ConversationEvent,
  conversationFold,
  conversationTitle,
  conversationTopic,
  type Member,
} from './conversation'

const person = (): UserId => randomUUID() as UserId
const [anna, ben, cleo, dan] = [person(), person(), person(), person()]
const title = conversationTitle('Weekend')
const crowd = (count: number): UserId[] => Array.from({ length: count }, person)

const asMember = (userId: UserId): Member => ({ userId, role: 'member' })
const asOwner = (userId: UserId): Member => ({ userId, role: 'owner' })

const direct: ConversationEvent = {
  type: 'ConversationStarted',
  data: { kind: 'direct', title: null, members: [asMember(anna), asMember(ben)] },
}
const group: ConversationEvent = {
  type: 'ConversationStarted',
  data: { kind: 'group', title, members: [asOwner(anna), asMember(ben)] },
}
const joined = (memberId: UserId): ConversationEvent => ({ type: 'MemberJoined', data: { memberId, role: 'member' } })
const left = (memberId: UserId, heirId: UserId | null = null): ConversationEvent => ({
  type: 'MemberLeft',
  data: { memberId, heirId },
})
const renamed = (to: string): ConversationEvent => ({ type: 'TitleChanged', data: { title: to } })
const topicChanged = (topic: string | null): ConversationEvent => ({ type: 'TopicChanged', data: { topic } })

const startGroup = (memberIds: readonly UserId[], named = title) => startGroupWith(anna, named, memberIds)
const add = (actor: UserId, ...userIds: UserId[]) => addMembers(actor, userIds)
const rename = (actor: UserId, to: string) => renameTo(actor, conversationTitle(to))
const discuss = (actor: UserId, topic: string) => setTopic(actor, conversationTopic(topic))
const conversation = conversationFold

describe('a direct conversation', () => {
  it('begins between two people, who are equals', () => given(conversation).when(startDirect(anna, ben)).then(direct))
  it('is not between one person', () => given(conversation).when(startDirect(anna, anna)).thenFails('INVALID_INPUT'))
  it('begins once, whichever of the two starts it', () => {
    given(conversation, direct).when(startDirect(anna, ben)).thenNothing()
    given(conversation, direct).when(startDirect(ben, anna)).thenNothing()
  })
  it('gains no members', () => given(conversation, direct).when(add(anna, cleo)).thenFails('DIRECT_CONVERSATION'))
  it('is not renamed', () => given(conversation, direct).when(rename(anna, 'Us')).thenFails('DIRECT_CONVERSATION'))
  it('has no topic', () => given(conversation, direct).when(discuss(anna, 'Us')).thenFails('DIRECT_CONVERSATION'))
  it('is not left', () => given(conversation, direct).when(leave(anna)).thenFails('DIRECT_CONVERSATION'))
  it('is NOT_FOUND for non-members, before any other check', () => {
    for (const command of [add(cleo, dan), rename(cleo, 'Us'), discuss(cleo, 'Us'), leave(cleo)])
      given(conversation, direct).when(command).thenFails('NOT_FOUND')
  })
})

describe('starting a group', () => {
  it('makes its creator the owner and the others members, each once', () =>
    given(conversation)
      .when(startGroup([ben, anna, ben]))
      .then(group))
  it('needs no other member', () =>
    given(conversation)
      .when(startGroup([]))
      .then({ type: 'ConversationStarted', data: { kind: 'group', title, members: [asOwner(anna)] } }))
  it('holds 100 members and not one more', () => {
    const full = crowd(limits.members - 1)
    given(conversation)
      .when(startGroup(full))
      .then({
        type: 'ConversationStarted',
        data: { kind: 'group', title, members: [asOwner(anna), ...full.map(asMember)] },
      })
    given(conversation)
      .when(startGroup(crowd(limits.members)))
      .thenFails('TOO_MANY_MEMBERS')
  })
  it('happens once for a client id, with any later changes and any order of the members', () => {
    given(conversation, group, joined(cleo), renamed('Later'))
      .when(startGroup([ben]))
      .thenNothing()
    given(conversation, group)
      .when(startGroup([ben, anna]))
      .thenNothing()
  })
  it('refuses a client id that has created something else', () => {
    given(conversation, group)
      .when(startGroup([ben], conversationTitle('Other')))
      .thenFails('CLIENT_ID_REUSED')
    given(conversation, group)
      .when(startGroup([ben, cleo]))
      .thenFails('CLIENT_ID_REUSED')
    given(conversation, group).when(startGroup([])).thenFails('CLIENT_ID_REUSED')
  })
})

describe('adding members to a group', () => {
  it('is for every member', () => {
    given(conversation, group).when(add(anna, cleo)).then(joined(cleo))
    given(conversation, group)
      .when(add(ben, cleo, dan))
      .then(joined(cleo), joined(dan))
  })
  it('is not for outsiders', () => given(conversation, group).when(add(cleo, cleo)).thenFails('NOT_FOUND'))
  it('is not for those who left', () =>
    given(conversation, group, left(ben)).when(add(ben, cleo)).thenFails('NOT_FOUND'))
  it('does nothing for present members', () => {
    given(conversation, group)
      .when(add(anna, ben, anna))
      .thenNothing()
    given(conversation, group)
      .when(add(anna, ben, cleo, cleo))
      .then(joined(cleo))
  })
  it('accepts a former member again', () =>
    given(conversation, group, left(ben)).when(add(anna, ben)).then(joined(ben)))
  it('fills the conversation and refuses one more', () => {
    const rest = crowd(limits.members - 2)
    given(conversation, group)
      .when(add(anna, ...rest))
      .then(...rest.map(joined))
    given(conversation, group, ...rest.map(joined))
      .when(add(anna, cleo))
      .thenFails('TOO_MANY_MEMBERS')
    given(conversation, group, ...rest.map(joined))
      .when(add(anna, ben))
      .thenNothing()
  })
  it('needs a conversation', () => given(conversation).when(add(anna, ben)).thenFails('NOT_FOUND'))
})

describe('leaving a group', () => {
  it('takes the member out', () => given(conversation, group).when(leave(ben)).then(left(ben)))
  it('gives the ownership of the last owner to the longest-standing member', () => {
    given(conversation, group, joined(cleo)).when(leave(anna)).then(left(anna, ben))
    given(conversation, group, joined(cleo), left(ben), joined(ben)).when(leave(anna)).then(left(anna, cleo))
  })
  it('makes the heir the owner', () =>
    given(conversation, group, joined(cleo), left(anna, ben)).when(leave(ben)).then(left(ben, cleo)))
  it('has no members at the end', () => given(conversation, group, left(ben)).when(leave(anna)).then(left(anna)))
  it('is not for those who are out', () => {
    given(conversation, group).when(leave(cleo)).thenFails('NOT_FOUND')
    given(conversation, group, left(ben)).when(leave(ben)).thenFails('NOT_FOUND')
    given(conversation).when(leave(anna)).thenFails('NOT_FOUND')
  })
})

describe('removing a member', () => {
  const withCleo = [group, joined(cleo)] as const
  it('is for the owner', () => {
    given(conversation, ...withCleo)
      .when(removeMember(anna, cleo))
      .then(left(cleo))
    given(conversation, ...withCleo)
      .when(removeMember(ben, cleo))
      .thenFails('NOT_OWNER')
    given(conversation, ...withCleo)
      .when(removeMember(ben, anna))
      .thenFails('NOT_OWNER')
  })
  it('is for the heir of an owner who has left', () =>
    given(conversation, ...withCleo, left(anna, ben))
      .when(removeMember(ben, cleo))
      .then(left(cleo)))
  it('does nothing to those who are not in it', () => {
    given(conversation, group).when(removeMember(anna, cleo)).thenNothing()
    given(conversation, ...withCleo, left(cleo))
      .when(removeMember(anna, cleo))
      .thenNothing()
  })
  it('is not for oneself', () => given(conversation, group).when(removeMember(anna, anna)).thenFails('INVALID_INPUT'))
  it('is not for direct conversations', () =>
    given(conversation, direct).when(removeMember(anna, ben)).thenFails('DIRECT_CONVERSATION'))
  it('is not for outsiders', () => {
    given(conversation, group).when(removeMember(cleo, ben)).thenFails('NOT_FOUND')
    given(conversation, ...withCleo, left(cleo))
      .when(removeMember(cleo, ben))
      .thenFails('NOT_FOUND')
  })
})

describe('renaming a group', () => {
  it('is for every member', () =>
    given(conversation, group).when(rename(ben, ' Next  week ')).then(renamed('Next week')))
  it('does nothing when the title stays', () => {
    given(conversation, group).when(rename(anna, title)).thenNothing()
    given(conversation, group, renamed('Later')).when(rename(anna, 'Later')).thenNothing()
    given(conversation, group, renamed('Later')).when(rename(anna, title)).then(renamed(title))
  })
  it('is not for outsiders', () => {
    given(conversation, group).when(rename(cleo, 'Mine')).thenFails('NOT_FOUND')
    given(conversation).when(rename(anna, 'Mine')).thenFails('NOT_FOUND')
  })
})

describe('the topic of a group', () => {
  it('is for every member to set and to clear', () => {
    given(conversation, group).when(discuss(ben, ' Tents,  food ')).then(topicChanged('Tents, food'))
    given(conversation, group, topicChanged('Tents')).when(discuss(anna, ' ')).then(topicChanged(null))
  })
  it('is not set to what it is', () => {
    given(conversation, group).when(discuss(anna, '')).thenNothing()
    given(conversation, group, topicChanged('Tents')).when(discuss(anna, 'Tents')).thenNothing()
    given(conversation, group, topicChanged('Tents'), topicChanged(null)).when(discuss(anna, '')).thenNothing()
  })
  it('is not for outsiders', () => {
    given(conversation, group).when(discuss(cleo, 'Mine')).thenFails('NOT_FOUND')
    given(conversation).when(discuss(anna, 'Mine')).thenFails('NOT_FOUND')
  })
})

it('has one owner in a group with members, and each member once, after any commands', () => {
  const people = [anna, ben, cleo, dan]
  const anybody = fc.constantFrom(...people)
  const command = fc.oneof(
    fc.tuple(anybody, fc.array(anybody, { maxLength: 3 })).map(([actor, userIds]) => addMembers(actor, userIds)),
    anybody.map(leave),
    fc.tuple(anybody, anybody).map(([actor, memberId]) => removeMember(actor, memberId)),
  )
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const history: ConversationEvent[] = [group]
      for (const decide of commands) {
        try {
          history.push(...decide(fold(conversation, history)))
        } catch {
          continue
        }
      }
      const members = fold(conversation, history)?.members ?? []
      expect(new Set(members.map(({ userId }) => userId)).size).toBe(members.length)
      expect(members.filter(({ role }) => role === 'owner')).toHaveLength(members.length === 0 ? 0 : 1)
    }),
  )
})
