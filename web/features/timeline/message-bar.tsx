'use client'

import { Check } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { IconButton } from '../../components/button'
import { cx } from '../../lib/cx'
import { isQuick, type MessageAction } from './message-actions'
import type { OfferedActions } from './use-message-actions'

/** The others have their keys, and stand in the picker. */
const quickInBar = 3

/** The actions of a message as a toolbar: one tab stop, arrows move within it. */
export function MessageBar({ actions: all, done, run }: OfferedActions) {
  const [current, setCurrent] = useState(0)
  const actions = [...all.filter(isQuick).slice(0, quickInBar), ...all.filter((action) => !isQuick(action))]
  if (actions.length === 0) return null
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const last = actions.length - 1
    const step = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: last }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = (step + actions.length) % actions.length
    setCurrent(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div
      role="toolbar"
      aria-label="Message actions"
      onKeyDown={onKeyDown}
      // The focus stays in the field in which one writes.
      onMouseDown={(event) => event.preventDefault()}
      className="absolute -top-4 right-5 z-10 flex gap-0.5 rounded-xl border border-line bg-raised p-0.5 shadow-float"
    >
      {actions.map((action, index) => (
        <BarButton
          key={action.id}
          action={action}
          isDone={done === action.id}
          tabIndex={index === Math.min(current, actions.length - 1) ? 0 : -1}
          onFocus={() => setCurrent(index)}
          onClick={() => run(action)}
        />
      ))}
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

const keyName = (key: string): string => (key.length === 1 ? key.toUpperCase() : key)
