import { limits } from '@parley/kernel/limits'
import { normalized } from '@parley/kernel/normalized'
import type { User } from './account'

const accents = /[\u0300-\u036F]/g

/** Text as search compares it: without case, accents of European scripts, repeated spaces and the @ of a username. */
const searchable = (text: string): string =>
  normalized(text, 'NFKD', limits.displayNameLength)
    .replaceAll(accents, '')
    .toLowerCase()
    // A sigma is written differently at the end of a word, and a prefix may end in the middle of one.
    .replaceAll('ς', 'σ')
    .replaceAll('@', '')
    .replaceAll(/\s+/gu, ' ')
    .trim()

/**
 * The terms by which a user is found: the username, and the display name from each of its words on. With these in an
 * ordinary index, "anna", "anna b" and "berg" all find Anna Berg by one range scan.
 */
export function searchTerms({ username, displayName }: Pick<User, 'username' | 'displayName'>): readonly string[] {
  const words = searchable(displayName).split(' ')
  return [...new Set([username, ...words.map((_, first) => words.slice(first).join(' '))])].filter(
    (term) => term !== '',
  )
}

/** The typed text as a prefix of terms; empty when there is nothing to search for. */
export const searchPrefix = (query: string): string => searchable(query.toWellFormed().replaceAll('\0', ''))
