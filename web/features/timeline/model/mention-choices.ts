import type { Person } from '../../../lib/people/people'
import { endsInCode } from './code-parts'
import type { CompletionQuery } from './completion-query'

/** What may be written after an @. */
export type MentionChoice =
  | { readonly kind: 'person'; readonly person: Person; readonly label: string }
  /** Everybody, or those who are online, with how many others that is. */
  | { readonly kind: 'word'; readonly label: 'all' | 'here'; readonly count: number }

/** An @ that begins a word, and what may be a name after it: at most two words, which a list must still match. */
const open = /(?<![\w@+/\\-])@([\p{L}\p{M}\p{N}_.'-]{0,24}(?: [\p{L}\p{M}\p{N}_.'-]{1,24})?)$/u

export function mentionQuery(text: string, caret: number): CompletionQuery | null {
  const found = open.exec(text.slice(Math.max(0, caret - 64), caret))
  const written = found?.[1]
  if (written === undefined) return null
  const at = caret - written.length - 1
  // Nobody is mentioned there.
  return endsInCode(text.slice(0, at)) ? null : { at, text: written }
}

interface Among {
  readonly people: readonly Person[]
  readonly labels: ReadonlyMap<string, string>
  /** The ids of those who spoke last, the last one first. */
  readonly speakers: readonly string[]
  /** How many others there are, and how many of them are online; null where there is nobody but two. */
  readonly group: { readonly all: number; readonly here: number } | null
}

const most = 8

/** Those whose name or username has the text in it: first where a word begins with it, then who spoke last. */
export function mentionChoices({ text }: CompletionQuery, { people, labels, speakers, group }: Among): MentionChoice[] {
  const wanted = text.toLowerCase()
  const rank = (person: Person): number => {
    const names = [person.displayName.toLowerCase(), person.username.toLowerCase()]
    if (names.some((name) => ` ${name}`.includes(` ${wanted}`))) return 0
    return names.some((name) => name.includes(wanted)) ? 1 : 2
  }
  const place = ({ id }: Person): number => (speakers.includes(id) ? speakers.indexOf(id) : speakers.length)
  const found = people
    .filter((person) => rank(person) < 2)
    .sort(
      (one, other) =>
        rank(one) - rank(other) || place(one) - place(other) || one.displayName.localeCompare(other.displayName),
    )
    .map((person): MentionChoice => ({ kind: 'person', person, label: labels.get(person.id) ?? person.username }))
  const words = (['all', 'here'] as const).flatMap((label): MentionChoice[] =>
    group !== null && label.startsWith(wanted) ? [{ kind: 'word', label, count: group[label] }] : [],
  )
  // A word that is written in full is meant.
  const first = words.filter(({ label }) => wanted !== '' && label.startsWith(wanted))
  return first.length > 0 ? [...first, ...found].slice(0, most) : [...found.slice(0, most - words.length), ...words]
}

export const peopleCount = (count: number): string => (count === 1 ? '1 person' : `${count} people`)
