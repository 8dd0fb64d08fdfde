import type { ReactNode } from 'react'
import { cx } from '../lib/cx'

interface Props {
  readonly count: number
  readonly className?: string
  /** What is counted, after the number. */
  readonly children: ReactNode
}

/** How much is new. */
export function UnreadPill({ count, className, children }: Props) {
  return (
    <span
      className={cx(
        'shrink-0 rounded-full bg-signal px-1.5 py-px text-2xs font-bold text-on-signal tabular-nums',
        className,
      )}
    >
      {count > 99 ? '99+' : count}
      {children}
    </span>
  )
}
