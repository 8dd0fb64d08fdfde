'use client'

import { people } from '../../lib/people/people'
import { useStore } from '../../lib/use-store'
import { typingSentence } from './model/typing-sentence'
import { useTyping } from './use-typing'

/**
 * Who else types. Its place is kept when nobody does, so that nothing moves; and it is no live region, because a screen reader that
 * reads every beginning aloud disturbs more than it tells.
 */
export function TypingLine({ conversationId }: { readonly conversationId: string }) {
  const ids = useTyping(conversationId)
  const known = useStore(people)
  const sentence = typingSentence(ids.map((id) => known.get(id)?.displayName ?? null))
  return (
    <p dir="auto" className="h-5 shrink-0 truncate px-5 text-xs leading-5 text-soft md:px-7">
      {sentence}
    </p>
  )
}
