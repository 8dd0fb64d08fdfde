import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { nameOf, personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import type { Quote } from './model/events'

/** What is shown of a quoted message, on one line: who wrote it, and what it says now. */
export function Quoted({ quote }: { readonly quote: Quote }) {
  const author = usePerson(personOf(quote.authorId, null))
  return (
    <>
      <span className="max-w-28 shrink-0 sm:max-w-56 truncate font-semibold text-ink">{author.displayName}</span>
      {quote.deletedAt === null ? (
        <span dir="auto" className="min-w-0 truncate">
          {excerpt(quote.text, limits.excerptUnits, nameOf)}
        </span>
      ) : (
        <span className="min-w-0 truncate italic">Message deleted</span>
      )}
    </>
  )
}
