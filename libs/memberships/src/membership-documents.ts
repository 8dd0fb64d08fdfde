import { index, modelOptions, prop } from '@typegoose/typegoose'

class MemberDocument {
  @prop({ required: true, type: () => String }) userId!: string
  @prop({ required: true, type: () => String }) role!: 'owner' | 'member'
}

/** The replica of a conversation that another subgraph owns. */
@modelOptions({ schemaOptions: { collection: 'memberships', versionKey: false } })
// The default engine scans for a filter on _id and another field, unless an index has both.
@index({ _id: 1, version: 1 })
@index({ 'members.userId': 1 })
export class MembershipDocument {
  /** The conversation's id. */
  @prop({ required: true, type: () => String }) _id!: string
  /** The version of the conversation's stream up to which events are folded in. */
  @prop({ required: true, type: () => Number }) version!: number
  @prop({ required: true, _id: false, type: () => [MemberDocument] }) members!: MemberDocument[]
}

export const membershipDocuments = [MembershipDocument]
