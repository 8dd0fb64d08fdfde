'use client'

import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { Dialog } from '../../components/dialog'
import { nameOf } from '../../lib/people/people'
import { cx } from '../../lib/cx'
import { isQuick, type MessageAction } from './message-actions'
import type { OfferedActions } from './use-message-actions'

interface Props extends OfferedActions {
  readonly author: string
  readonly text: string
  readonly onClose: () => void
}

/** The actions of a message on a phone, opened by a long press. */
export function MessageSheet({ author, text, actions, run, onClose }: Props) {
  // Closed first: what the action opens takes the focus then.
  const choose = (action: MessageAction) => {
    onClose()
    run(action)
  }
  const quick = actions.filter(isQuick)
  return (
    <Dialog title={author} look="sheet" onClose={onClose}>
      <p dir="auto" className="line-clamp-2 px-5 pb-3 text-sm wrap-anywhere text-soft">
        {excerpt(text, limits.excerptUnits, nameOf)}
      </p>
      {quick.length > 0 && (
        <div role="group" aria-label="Quick reactions" className="flex justify-between px-4 pb-3">
          {quick.map((action) => (
            <button
              key={action.id}
              type="button"
              aria-label={action.label}
              onClick={() => choose(action)}
              className="grid size-12 place-items-center rounded-full bg-hover text-2xl leading-none"
            >
              {action.id}
            </button>
          ))}
        </div>
      )}
      <ul className="border-t border-line p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        {actions.map((action) =>
          typeof action.icon === 'string' ? null : (
            <li key={action.id}>
              <button
                type="button"
                onClick={() => choose(action)}
                className={cx(
                  'flex min-h-12 w-full items-center gap-4 rounded-xl px-3 text-left text-base -outline-offset-2! hover:bg-hover',
                  action.look === 'danger' && 'text-danger',
                )}
              >
                <action.icon className="size-5 shrink-0" aria-hidden="true" />
                {action.label}
              </button>
            </li>
          ),
        )}
      </ul>
    </Dialog>
  )
}
