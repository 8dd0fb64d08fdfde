'use client'

import type { KeyboardEvent } from 'react'
import { Popover } from '../../components/popover'
import { cx } from '../../lib/cx'
import { keyName } from '../../lib/keys/chord'
import { actionOf, type MessageAction } from './message-actions'

interface Props {
  readonly actions: readonly MessageAction[]
  /** The button that opened it. */
  readonly anchor: HTMLElement
  readonly run: (action: MessageAction) => void
  readonly onClose: () => void
}

/** The actions of a message that have no place in its bar. Arrows move in it, and the keys of the actions act. */
export function MessageMenu({ actions, anchor, run, onClose }: Props) {
  // Closed first: what the action opens takes the focus then.
  const choose = (action: MessageAction) => {
    onClose()
    run(action)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const action = actionOf(event, actions)
    if (action !== undefined) choose(action)
    else if (event.key === 'Tab') onClose()
    else if (!moveFocus(event)) return
    event.preventDefault()
  }
  return (
    <Popover
      label="More actions"
      anchor={anchor}
      returnTo={document.activeElement instanceof HTMLElement ? document.activeElement : anchor}
      onClose={onClose}
      className="sm:w-60"
    >
      <div role="menu" aria-label="More actions" onKeyDown={onKeyDown} className="p-1">
        {actions.map((action, index) =>
          typeof action.icon === 'string' ? null : (
            <button
              key={action.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-autofocus={index === 0 || undefined}
              aria-keyshortcuts={action.keys.map(keyName).join(' ')}
              onClick={() => choose(action)}
              className={cx(
                'flex min-h-9 w-full items-center gap-3 rounded-lg px-3 text-left text-sm -outline-offset-2!',
                action.look === 'danger'
                  ? 'text-danger hover:bg-danger-wash focus:bg-danger-wash'
                  : 'hover:bg-hover focus:bg-hover',
              )}
            >
              <action.icon className="size-4 shrink-0" aria-hidden="true" />
              <span className="min-w-0 flex-1 truncate">{action.label}</span>
              <kbd aria-hidden="true" className="font-sans text-xs text-faint pointer-coarse:hidden">
                {keyName(action.keys[0])}
              </kbd>
            </button>
          ),
        )}
      </div>
    </Popover>
  )
}

function moveFocus({ key, currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  const items = [...currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const at = items.findIndex((item) => item === document.activeElement)
  const last = items.length - 1
  const next = { ArrowDown: at + 1, ArrowUp: at === -1 ? last : at - 1, Home: 0, End: last }[key]
  if (next === undefined) return false
  items[(next + items.length) % items.length]?.focus()
  return true
}
