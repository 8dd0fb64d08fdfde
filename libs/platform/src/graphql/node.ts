import { Field, ID, InterfaceType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'

/** Implemented by every entity. There is no root field that takes any id: an id does not say of which type it is. */
@InterfaceType('Node', { description: 'Something with an id of its own, which a client may keep it under.' })
export abstract class NodeType {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}
