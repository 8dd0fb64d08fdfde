import type { Member } from '@parley/memberships/membership'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import { Admission } from '../application/admission'
import { ChangeMessage } from '../application/change-message'
import { CurrentMessages } from '../application/current-messages'
import { DeleteMessageHandler } from '../application/delete-message'
import { EditMessageHandler } from '../application/edit-message'
import type { MentionedPeople } from '../application/mentioned-people'
import { SendMessageHandler } from '../application/send-message'
import { SetPinHandler } from '../application/set-pin'
import { SetReactionHandler } from '../application/set-reaction'
import type { logParts } from './log-parts'
import { mentionedPeople } from './mentioned-people'

export interface Company {
  /** Default: everybody is a member of everything. */
  readonly roleOf?: (conversationId: string, userId: string) => Promise<Member['role'] | null>
  readonly people?: MentionedPeople
}

/** The use cases that change messages, as in one process, on its log. */
export function useCasesOn<Parts extends ReturnType<typeof logParts>>(parts: Parts, company: Company = {}) {
  const { roleOf = () => Promise.resolve('member'), people = mentionedPeople() } = company
  const member = async (conversationId: string, userId: string): Promise<Member | null> => {
    const role = await roleOf(conversationId, userId)
    return role === null ? null : { userId, role }
  }
  const isMember = async (conversationId: string, userId: string) => (await member(conversationId, userId)) !== null
  const admission = new Admission({ member, isMember } as unknown as MembershipReplica)
  const current = new CurrentMessages(parts.projectedMessages, parts.log, parts.conversationHeads)
  const change = new ChangeMessage(admission, parts.log, current)
  return {
    ...parts,
    admission,
    current,
    sender: new SendMessageHandler(admission, parts.log, change, current, people),
    editor: new EditMessageHandler(change, current, people),
    remover: new DeleteMessageHandler(admission, change, current, parts.erasure, parts.log),
    reactor: new SetReactionHandler(change, current),
    pinner: new SetPinHandler(change, current),
  }
}
