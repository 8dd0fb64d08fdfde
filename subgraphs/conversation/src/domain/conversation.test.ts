import { randomUUID } from 'node:crypto'
import { fold } from '@parley/kernel/decider'
import { given } from '@parley/kernel/given'
import type { UserId } from '@parley/kernel/ids'
import fc from 'fast-check'
import { type ConversationCommand, conversationDecider, type ConversationEvent, type Member } from './conversation'
import { conversationTitle } from './conversation-title'
import { maxMembers } from './member-list'

const person = (): UserId => randomUUID() as UserId
const [anna, ben, cleo, dan] = [person(), person(), person(), person()]
const title = conversationTitle('Weekend')
const crowd = (count: number): UserId[] => Array.from({ length: count }, person)

const asMember = (userId: UserId): Member => ({ userId, role: 'member' })
const asOwner = (userId: UserId): Member => ({ userId, role: 'owner' })

const direct: ConversationEvent = {
  type: 'conversation.started',
  data: { kind: 'direct', title: null, members: [asMember(anna), asMember(ben)] },
}
const group: ConversationEvent = {
  type: 'conversation.started',
  data: { kind: 'group', title, members: [asOwner(anna), asMember(ben)] },
}
const added = (userId: UserId): ConversationEvent => ({ type: 'member.added', data: { userId } })
const left = (userId: UserId, heir: UserId | null = null): ConversationEvent => ({
  type: 'member.left',
  data: { userId, heir },
})
const renamed = (to: string): ConversationEvent => ({ type: 'renamed', data: { title: to } })

const startDirect = (actor: UserId, userId: UserId): ConversationCommand => ({ type: 'start-direct', actor, userId })
const startGroup = (memberIds: readonly UserId[], named = title): ConversationCommand => ({
  type: 'start-group',
  actor: anna,
  title: named,
  memberIds,
})
const add = (actor: UserId, ...userIds: UserId[]): ConversationCommand => ({ type: 'add-members', actor, userIds })
const leave = (actor: UserId): ConversationCommand => ({ type: 'leave', actor })
const rename = (actor: UserId, to: string): ConversationCommand => ({
  type: 'rename',
  actor,
  title: conversationTitle(to),
})

const decider = conversationDecider

describe('a direct conversation', () => {
  it('begins between two people, who are equals', () => given(decider).when(startDirect(anna, ben)).then(direct))
  it('is not between one person', () => given(decider).when(startDirect(anna, anna)).thenFails('INVALID_INPUT'))
  it('begins once, whoever of the two asks', () => {
    given(decider, direct).when(startDirect(anna, ben)).thenNothing()
    given(decider, direct).when(startDirect(ben, anna)).thenNothing()
  })
  it('gains no members', () => given(decider, direct).when(add(anna, cleo)).thenFails('INVALID_INPUT'))
  it('is not renamed', () => given(decider, direct).when(rename(anna, 'Us')).thenFails('INVALID_INPUT'))
  it('is not left', () => given(decider, direct).when(leave(anna)).thenFails('INVALID_INPUT'))
  it('says to outsiders that it is not there, before anything else', () => {
    for (const command of [add(cleo, dan), rename(cleo, 'Us'), leave(cleo)])
      given(decider, direct).when(command).thenFails('NOT_FOUND')
  })
})

describe('starting a group', () => {
  it('makes its creator the owner and everybody else a member, each once', () =>
    given(decider)
      .when(startGroup([ben, anna, ben]))
      .then(group))
  it('needs nobody else', () =>
    given(decider)
      .when(startGroup([]))
      .then({ type: 'conversation.started', data: { kind: 'group', title, members: [asOwner(anna)] } }))
  it('holds 100 members and not one more', () => {
    const full = crowd(maxMembers - 1)
    given(decider)
      .when(startGroup(full))
      .then({
        type: 'conversation.started',
        data: { kind: 'group', title, members: [asOwner(anna), ...full.map(asMember)] },
      })
    given(decider)
      .when(startGroup(crowd(maxMembers)))
      .thenFails('INVALID_INPUT')
  })
  it('happens once for a client id, whatever has changed since and in whatever order the members are named', () => {
    given(decider, group, added(cleo), renamed('Later'))
      .when(startGroup([ben]))
      .thenNothing()
    given(decider, group)
      .when(startGroup([ben, anna]))
      .thenNothing()
  })
  it('refuses a client id that has created something else', () => {
    given(decider, group)
      .when(startGroup([ben], conversationTitle('Other')))
      .thenFails('CLIENT_ID_REUSED')
    given(decider, group)
      .when(startGroup([ben, cleo]))
      .thenFails('CLIENT_ID_REUSED')
    given(decider, group).when(startGroup([])).thenFails('CLIENT_ID_REUSED')
  })
})

describe('adding members to a group', () => {
  it('is for every member', () => {
    given(decider, group).when(add(anna, cleo)).then(added(cleo))
    given(decider, group)
      .when(add(ben, cleo, dan))
      .then(added(cleo), added(dan))
  })
  it('is not for outsiders', () => given(decider, group).when(add(cleo, cleo)).thenFails('NOT_FOUND'))
  it('is not for those who left', () => given(decider, group, left(ben)).when(add(ben, cleo)).thenFails('NOT_FOUND'))
  it('does nothing for those who are there', () => {
    given(decider, group)
      .when(add(anna, ben, anna))
      .thenNothing()
    given(decider, group)
      .when(add(anna, ben, cleo, cleo))
      .then(added(cleo))
  })
  it('takes back who left', () => given(decider, group, left(ben)).when(add(anna, ben)).then(added(ben)))
  it('fills the conversation and refuses one more', () => {
    const rest = crowd(maxMembers - 2)
    given(decider, group)
      .when(add(anna, ...rest))
      .then(...rest.map(added))
    given(decider, group, ...rest.map(added))
      .when(add(anna, cleo))
      .thenFails('INVALID_INPUT')
    given(decider, group, ...rest.map(added))
      .when(add(anna, ben))
      .thenNothing()
  })
  it('needs a conversation', () => given(decider).when(add(anna, ben)).thenFails('NOT_FOUND'))
})

describe('leaving a group', () => {
  it('takes the member out', () => given(decider, group).when(leave(ben)).then(left(ben)))
  it('hands the ownership of the last owner to who has been there longest', () => {
    given(decider, group, added(cleo)).when(leave(anna)).then(left(anna, ben))
    given(decider, group, added(cleo), left(ben), added(ben)).when(leave(anna)).then(left(anna, cleo))
  })
  it('knows the heir as the owner', () =>
    given(decider, group, added(cleo), left(anna, ben)).when(leave(ben)).then(left(ben, cleo)))
  it('leaves nobody behind at the end', () => given(decider, group, left(ben)).when(leave(anna)).then(left(anna)))
  it('is not for those who are out', () => {
    given(decider, group).when(leave(cleo)).thenFails('NOT_FOUND')
    given(decider, group, left(ben)).when(leave(ben)).thenFails('NOT_FOUND')
    given(decider).when(leave(anna)).thenFails('NOT_FOUND')
  })
})

describe('renaming a group', () => {
  it('is for every member', () => given(decider, group).when(rename(ben, ' Next  week ')).then(renamed('Next week')))
  it('does nothing when the title stays', () => {
    given(decider, group).when(rename(anna, title)).thenNothing()
    given(decider, group, renamed('Later')).when(rename(anna, 'Later')).thenNothing()
    given(decider, group, renamed('Later')).when(rename(anna, title)).then(renamed(title))
  })
  it('is not for outsiders', () => {
    given(decider, group).when(rename(cleo, 'Mine')).thenFails('NOT_FOUND')
    given(decider).when(rename(anna, 'Mine')).thenFails('NOT_FOUND')
  })
})

it('keeps to one owner of a group that has members, each of them once, whatever is asked of it', () => {
  const people = [anna, ben, cleo, dan]
  const anybody = fc.constantFrom(...people)
  const command = fc.oneof(
    fc.record({
      type: fc.constant('add-members' as const),
      actor: anybody,
      userIds: fc.array(anybody, { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('leave' as const), actor: anybody }),
  )
  fc.assert(
    fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
      const history: ConversationEvent[] = [group]
      for (const asked of commands) {
        try {
          history.push(...decider.decide(asked, fold(decider, history)))
        } catch {
          continue
        }
      }
      const members = fold(decider, history)?.members ?? []
      expect(new Set(members.map(({ userId }) => userId)).size).toBe(members.length)
      expect(members.filter(({ role }) => role === 'owner')).toHaveLength(members.length === 0 ? 0 : 1)
    }),
  )
})
