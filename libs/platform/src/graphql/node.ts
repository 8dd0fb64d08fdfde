import { Field, ID, InterfaceType } from '@nestjs/graphql'
import { entityDescriptions } from '@parley/contracts/entity-descriptions'

/** Implemented by every entity. There is no root field that accepts any id: an id does not contain its type. */
@InterfaceType('Node', { description: 'An object with a unique id, which a client may use as its cache key.' })
export abstract class NodeType {
  @Field(() => ID, { description: entityDescriptions.id })
  id!: string
}
