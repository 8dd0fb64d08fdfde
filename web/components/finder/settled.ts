/** Results that were shown stay where they are while one types nothing: what is found later comes after them. */
export function settled<Item extends { readonly id: string }>(
  shown: readonly string[],
  found: readonly Item[],
): readonly Item[] {
  const byId = new Map(found.map((item) => [item.id, item]))
  const before = new Set(shown)
  return [...shown.flatMap((id) => byId.get(id) ?? []), ...found.filter(({ id }) => !before.has(id))]
}
