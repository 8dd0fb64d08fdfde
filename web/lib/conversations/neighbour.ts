import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'

type Listed = Pick<ConversationPartsFragment, 'id'>

/** The next conversation of the list, or with -1 the one before; the first or last one when none is open. */
export function neighbour<One extends Listed>(list: readonly One[], activeId: string | null, step: 1 | -1): One | null {
  const at = list.findIndex(({ id }) => id === activeId)
  return (at === -1 ? list.at(step === 1 ? 0 : -1) : list[at + step]) ?? null
}

/** The next one that is wanted, or the one before; after the end of the list from its other end. */
export function neighbourWhere<One extends Listed>(
  list: readonly One[],
  { activeId, step }: { readonly activeId: string | null; readonly step: 1 | -1 },
  isWanted: (one: One) => boolean,
): One | null {
  const inOrder = step === 1 ? list : list.toReversed()
  const at = inOrder.findIndex(({ id }) => id === activeId)
  const others = [...inOrder.slice(at + 1), ...inOrder.slice(0, Math.max(at, 0))]
  return others.find(isWanted) ?? null
}
