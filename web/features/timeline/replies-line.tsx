import { replyCount } from '../../lib/reply-count'

/** Between the message and its replies. */
export function RepliesLine({ count, hasEarlier }: { readonly count: number; readonly hasEarlier: boolean }) {
  const label = hasEarlier ? 'Loading earlier replies…' : count === 0 ? 'No replies yet' : replyCount(count)
  return (
    <div role="separator" aria-label={label} className="flex items-center gap-4 px-5 pt-4 pb-1">
      <span className="text-xs font-medium text-faint">{label}</span>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}
