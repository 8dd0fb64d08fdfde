import type { ConversationPartsFragment, PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'

/** A result of the finder. */
export type Result =
  | {
      readonly kind: 'person'
      readonly id: string
      readonly person: PersonPartsFragment
      /** Why they cannot be chosen; null when they can. */
      readonly note: string | null
    }
  | { readonly kind: 'conversation'; readonly id: string; readonly conversation: ConversationPartsFragment }

/** The element id of a result, for `aria-activedescendant` of the input. */
export function optionId(index: number): string {
  return `finder-option-${index}`
}
