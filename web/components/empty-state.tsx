import type { ReactNode } from 'react'

interface Props {
  readonly picture?: ReactNode
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** Explains what will be here and what to do. */
export function EmptyState({ picture, title, children, action }: Props) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center px-6 text-center">
      {picture}
      <h2 className="mt-5 font-display text-2xl font-semibold tracking-tight text-balance">{title}</h2>
      {children !== undefined && <div className="mt-2 text-md text-pretty text-soft">{children}</div>}
      {action !== undefined && <div className="mt-6">{action}</div>}
    </div>
  )
}
