import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import type { Person } from '../../lib/people/people'

/** A result of a search by name. */
export type Result =
  | {
      readonly kind: 'person'
      readonly id: string
      readonly person: Person
      /** What is said of them, such as why they cannot be chosen. */
      readonly note: string | null
      readonly isChoosable: boolean
    }
  | { readonly kind: 'conversation'; readonly id: string; readonly conversation: ConversationPartsFragment }

/** A direct conversation is a result under the id of the other person, so that one person is one result. */
export const resultOf = (conversation: ConversationPartsFragment): Result => ({
  kind: 'conversation',
  id: conversation.peerId ?? conversation.id,
  conversation,
})

/** The element id of a result, for `aria-activedescendant` of the input. */
export function optionId(index: number): string {
  return `finder-option-${index}`
}
