import { isWord } from '@parley/text/mentions'
import type { Person } from '../../../lib/people/people'
import { outsideCode } from './code-parts'

/** In a field people see `@Ada Lovelace`; what is sent has her id. Both ways only for members, and never in code. */

/**
 * What stands after the @ for each of these people: their name, or their username where two have the same name or the
 * name is one of the two words that mention everybody.
 */
export function labelsOf(members: readonly Person[]): ReadonlyMap<string, string> {
  const holders = new Map<string, number>()
  for (const { displayName } of members) holders.set(keyOf(displayName), (holders.get(keyOf(displayName)) ?? 0) + 1)
  const isPlain = (name: string) => holders.get(keyOf(name)) === 1 && !isWord({ who: keyOf(name) })
  return new Map(members.map(({ id, displayName, username }) => [id, isPlain(displayName) ? displayName : username]))
}

const keyOf = (name: string): string => name.toLowerCase()

/** As it is sent. */
export function toTokens(text: string, members: readonly Person[]): string {
  if (!text.includes('@')) return text
  const ids = new Map<string, string>()
  for (const { id, username } of members) if (!isWord({ who: username })) ids.set(keyOf(username), id)
  for (const [id, label] of labelsOf(members)) if (!isWord({ who: keyOf(label) })) ids.set(keyOf(label), id)
  // Of two names that begin alike the longer one is meant.
  const names = [...ids.keys()].sort((one, other) => other.length - one.length).map(escaped)
  if (names.length === 0) return text
  const mention = new RegExp(`(?<![\\w@+/\\\\-]|<@[0-9a-f-]{36}>)@(${names.join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
  return outsideCode(text, (part) =>
    part.replace(mention, (written, name: string) => {
      const id = ids.get(keyOf(name))
      return id === undefined ? written : `<@${id}>`
    }),
  )
}

/** As its author sees it in a field, if that leads back to what was sent; else as it was sent. */
export function toNames(text: string, members: readonly Person[]): string {
  const labels = labelsOf(members)
  const named = outsideCode(text, (part) =>
    part.replace(token, (written, id: string) => {
      const label = labels.get(id.toLowerCase())
      return label === undefined ? written : `@${label}`
    }),
  )
  return toTokens(named, members) === text ? named : text
}

/** As people read it anywhere. */
export const readable = (text: string, nameOf: (userId: string) => string | null): string =>
  text.replace(token, (_, id: string) => `@${nameOf(id.toLowerCase()) ?? 'someone'}`)

const token = /<@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>/gi

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
