'use client'

import { useId } from 'react'
import { cx } from '../lib/cx'

interface Props {
  readonly label: string
  readonly hint?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly disabled?: boolean
}

/** A setting that is on or off. It holds at once. */
export function SwitchRow({ label, hint, isOn, onChange, disabled = false }: Props) {
  const id = useId()
  return (
    <label htmlFor={id} className={cx('flex min-h-11 items-center gap-4 py-2', !disabled && 'cursor-pointer')}>
      <span className="min-w-0 flex-1">
        <span id={`${id}-label`} className={cx('block text-md', disabled && 'text-faint')}>
          {label}
        </span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="block text-sm text-soft">
            {hint}
          </span>
        )}
      </span>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        aria-disabled={disabled || undefined}
        onClick={() => {
          if (!disabled) onChange(!isOn)
        }}
        className={cx(
          'flex h-6 w-10 shrink-0 items-center rounded-full border px-0.5 transition-colors',
          isOn ? 'justify-end border-accent bg-accent' : 'border-line-strong bg-raised',
          disabled && 'opacity-50',
        )}
      >
        <span className={cx('size-4.5 rounded-full', isOn ? 'bg-on-accent' : 'bg-line-strong')} />
      </button>
    </label>
  )
}
