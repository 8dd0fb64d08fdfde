import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { MembershipDocument } from './membership-documents'

/** The replica of a planned conversation after its start event. */
export const plannedMembership = ({ id, kind, memberIds }: PlannedConversation): MembershipDocument => ({
  _id: id,
  version: 1,
  members: memberIds.map((userId, index) => ({ userId, role: kind === 'group' && index === 0 ? 'owner' : 'member' })),
})
