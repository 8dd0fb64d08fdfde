import { index, modelOptions, prop } from '@typegoose/typegoose'

class MemberDocument {
  @prop({ required: true, type: () => String }) userId!: string
  @prop({ required: true, type: () => String }) role!: 'owner' | 'member'
}

/** What this subgraph knows of a conversation that another one owns. */
@modelOptions({ schemaOptions: { collection: 'memberships', versionKey: false } })
// The default engine scans for an _id together with anything else, unless an index has both.
@index({ _id: 1, version: 1 })
@index({ 'members.userId': 1 })
export class MembershipDocument {
  /** The conversation's id. */
  @prop({ required: true, type: () => String }) _id!: string
  /** The version of the conversation's stream that this was folded from. */
  @prop({ required: true, type: () => Number }) version!: number
  @prop({ required: true, _id: false, type: () => [MemberDocument] }) members!: MemberDocument[]
}

export const membershipDocuments = [MembershipDocument]
