'use client'

import type { ReactNode } from 'react'
import { useStorePart } from '../../lib/use-store'
import type { PendingChange } from './model/changes'
import { useTimelines } from './timeline-provider'

/** How to say that a change was not done. Others say only why, and are not tried again. */
const words: {
  readonly [Kind in PendingChange['change']['kind']]: { readonly failed: string; readonly keep: string } | null
} = {
  edit: { failed: 'Not saved.', keep: 'Discard' },
  delete: { failed: 'Not deleted.', keep: 'Keep it' },
  react: null,
  pin: null,
  bookmark: null,
}

const none: readonly PendingChange[] = []

/** Why changes of this message were not done, except for the edit that is open. */
export function ChangeProblems({ messageId, isEditing }: { readonly messageId: string; readonly isEditing: boolean }) {
  const { changes } = useTimelines()
  const pending = useStorePart(changes, (all) => all.get(messageId) ?? none)
  return pending
    .filter(({ change, problem }) => problem !== null && !(isEditing && change.kind === 'edit'))
    .map((failed) => <ChangeProblem key={failed.clientId} failed={failed} />)
}

function ChangeProblem({ failed }: { readonly failed: PendingChange }) {
  const { changes } = useTimelines()
  const word = words[failed.change.kind]
  if (word === null)
    return (
      <Problem>
        <span role="alert">{failed.problem}</span>
        <TextButton onClick={() => changes.dismiss(failed)}>Dismiss</TextButton>
      </Problem>
    )
  return (
    <Problem>
      <span role="alert">
        {word.failed} {failed.problem}
      </span>
      <TextButton onClick={() => void changes.retry(failed)}>Retry</TextButton>
      <TextButton onClick={() => changes.dismiss(failed)}>{word.keep}</TextButton>
    </Problem>
  )
}

export function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <p className="mt-1 mb-1 inline-flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-danger-wash px-3 py-1.5 text-sm text-danger">
      {children}
    </p>
  )
}

export function TextButton(props: { readonly onClick: () => void; readonly children: string }) {
  return <button type="button" className="font-semibold underline underline-offset-4" {...props} />
}
