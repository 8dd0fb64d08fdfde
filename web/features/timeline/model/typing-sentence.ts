/** Who types, for people; empty for nobody. A name is null when it was never heard. */
export function typingSentence(names: readonly (string | null)[]): string {
  const [first, second] = names
  if (first === undefined) return ''
  if (names.length > 2) return 'Several people are typing…'
  if (second === undefined) return `${first ?? 'Somebody'} is typing…`
  return first === null || second === null ? 'Two people are typing…' : `${first} and ${second} are typing…`
}
