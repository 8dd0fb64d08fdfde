import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { MembershipDocument } from './membership-documents'

/** What the replica would know of a planned conversation once its start has been heard of. */
export const plannedMembership = ({ id, kind, memberIds }: PlannedConversation): MembershipDocument => ({
  _id: id,
  version: 1,
  members: memberIds.map((userId, index) => ({ userId, role: kind === 'group' && index === 0 ? 'owner' : 'member' })),
})
