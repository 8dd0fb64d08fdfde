import { useMemo } from 'react'
import { wordChanges } from './model/word-changes'

interface Props {
  /** Null for a text that replaced none. */
  readonly before: string | null
  readonly after: string
}

/** A text as it was written, with the words that it added and those that it removed. */
export function ChangedText({ before, after }: Props) {
  const pieces = useMemo(
    () => (before === null ? [{ text: after, kind: 'same' as const }] : wordChanges(before, after)),
    [before, after],
  )
  return (
    <p dir="auto" className="text-md whitespace-pre-wrap wrap-anywhere [unicode-bidi:plaintext]">
      {pieces.map(({ text, kind }, index) => {
        if (kind === 'same') return <span key={index}>{text}</span>
        return kind === 'added' ? (
          <ins key={index} className="rounded-sm bg-wash text-link decoration-1 underline-offset-3">
            {text}
          </ins>
        ) : (
          <del key={index} className="rounded-sm bg-danger-wash text-danger decoration-1">
            {text}
          </del>
        )
      })}
    </p>
  )
}
