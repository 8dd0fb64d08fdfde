import type { ConversationPartsFragment, PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'

/** Something that the finder found. */
export type Result =
  | { readonly kind: 'person'; readonly id: string; readonly person: PersonPartsFragment }
  | { readonly kind: 'conversation'; readonly id: string; readonly conversation: ConversationPartsFragment }

/** The element id of a result, by which the input names the marked one. */
export function optionId(index: number): string {
  return `finder-option-${index}`
}
