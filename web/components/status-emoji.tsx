'use client'

import { useStatus } from '../lib/presence/use-presence'

/** The emoji of a person's status beside their name, with the text for those who ask for it. */
export function StatusEmoji({ userId }: { readonly userId: string | null }) {
  const status = useStatus(userId)
  if (status === null) return null
  const { emoji, text } = status
  return (
    <span title={text ?? undefined} className="shrink-0 text-sm">
      <span aria-hidden="true">{emoji ?? '💬'}</span>
      <span className="sr-only">, status: {text ?? emoji}</span>
    </span>
  )
}
