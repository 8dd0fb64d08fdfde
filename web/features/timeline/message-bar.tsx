'use client'

import { Check, Ellipsis } from 'lucide-react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { useState } from 'react'
import { IconButton } from '../../components/button'
import { cx } from '../../lib/cx'
import { keyName } from '../../lib/keys/chord'
import { barAndMenu, type MessageAction } from './message-actions'
import type { OfferedActions } from './use-message-actions'

interface Props extends OfferedActions {
  readonly isMenuOpen: boolean
  /** Opens the menu with the actions that have no place here, beside this button. */
  readonly onMore: (button: HTMLElement) => void
}

/** The actions of a message as a toolbar: one tab stop, arrows move within it. */
export function MessageBar({ actions, done, run, isMenuOpen, onMore }: Props) {
  const [current, setCurrent] = useState(0)
  const { bar, menu } = barAndMenu(actions)
  if (bar.length === 0) return null
  const last = menu.length > 0 ? bar.length : bar.length - 1
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = (step + last + 1) % (last + 1)
    setCurrent(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  const stop = (index: number) => ({
    tabIndex: index === Math.min(current, last) ? 0 : -1,
    onFocus: () => setCurrent(index),
  })
  return (
    <div
      role="toolbar"
      aria-label="Message actions"
      onKeyDown={onKeyDown}
      // The focus stays in the field in which one writes.
      onMouseDown={(event) => event.preventDefault()}
      // Beside the tick of an own message, which is a button as well.
      className="absolute -top-4 right-12 z-10 flex gap-0.5 rounded-xl border border-line bg-raised p-0.5 shadow-float"
    >
      {bar.map((action, index) => (
        <BarButton
          key={action.id}
          action={action}
          isDone={done === action.id}
          onClick={() => run(action)}
          {...stop(index)}
        />
      ))}
      {menu.length > 0 && (
        <IconButton
          label="More actions"
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          className="size-8"
          onClick={({ currentTarget }: MouseEvent<HTMLButtonElement>) => onMore(currentTarget)}
          {...stop(bar.length)}
        >
          {menu.some(({ id }) => done === id) ? (
            <Check className="size-4" aria-hidden="true" />
          ) : (
            <Ellipsis className="size-4" aria-hidden="true" />
          )}
        </IconButton>
      )}
    </div>
  )
}

interface ButtonProps {
  readonly action: MessageAction
  readonly isDone: boolean
  readonly tabIndex: number
  readonly onFocus: () => void
  readonly onClick: () => void
}

function BarButton({ action, isDone, ...rest }: ButtonProps) {
  const { label, keys, look } = action
  const Icon = isDone ? Check : action.icon
  return (
    <IconButton
      label={label}
      title={`${label} (${keyName(keys[0])})`}
      aria-keyshortcuts={keys.map(keyName).join(' ')}
      className={cx('size-8', look === 'danger' && 'hover:bg-danger-wash hover:text-danger')}
      {...rest}
    >
      {typeof Icon === 'string' ? (
        <span className="text-lg leading-none">{Icon}</span>
      ) : (
        <Icon className="size-4" aria-hidden="true" />
      )}
    </IconButton>
  )
}
