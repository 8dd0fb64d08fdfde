'use client'

import { Reply } from 'lucide-react'
import { personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import type { Quote } from './model/events'
import { usePlace } from './place'
import { Quoted } from './quoted'
import { useJumpToQuote } from './use-jump-to-quote'

const look =
  'relative mb-0.5 flex w-fit max-w-full items-center gap-1.5 rounded-r-md border-l-2 py-0.5 pr-3 pl-2 text-sm'

/** Above the text of a reply: what it quotes, as that is now. It leads there. */
export function MessageQuote({ quote }: { readonly quote: Quote | null }) {
  const { conversationId } = usePlace()
  const jump = useJumpToQuote(conversationId)
  if (quote === null)
    return <p className={`${look} border-line-strong text-faint italic`}>Quotes a message that is not here</p>
  return (
    <blockquote className={`${look} border-accent text-soft hover:bg-line`}>
      <Reply className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
      <Quoted quote={quote} />
      <JumpButton authorId={quote.authorId} onClick={() => jump(quote)} />
    </blockquote>
  )
}

/** Covers the quote, whose words stay readable beside its own name. */
function JumpButton({ authorId, onClick }: { readonly authorId: string; readonly onClick: () => void }) {
  const author = usePerson(personOf(authorId, null))
  return (
    <button
      type="button"
      aria-label={`Jump to the message of ${author.displayName}`}
      title="Jump to the message"
      onClick={onClick}
      className="absolute inset-0 rounded-md"
    />
  )
}
