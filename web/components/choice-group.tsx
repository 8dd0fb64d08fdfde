'use client'

import { useId } from 'react'
import { cx } from '../lib/cx'

export interface ChoiceOption<Choice extends string> {
  readonly value: Choice
  readonly label: string
  readonly hint?: string
}

interface Props<Choice extends string> {
  readonly legend: string
  readonly options: readonly ChoiceOption<Choice>[]
  readonly value: Choice
  readonly onChange: (value: Choice) => void
  readonly disabled?: boolean
}

/** One of several. It holds at once. */
export function ChoiceGroup<Choice extends string>(props: Props<Choice>) {
  const { legend, options, value, onChange, disabled = false } = props
  const name = useId()
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-2 text-sm font-medium text-soft">{legend}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-raised">
        {options.map((option, index) => (
          <label
            key={option.value}
            className={cx(
              'flex min-h-12 items-center gap-3 px-4 py-2.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-2 has-[:focus-visible]:outline-focus',
              disabled ? 'text-faint' : 'cursor-pointer hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              aria-describedby={option.hint === undefined ? undefined : `${name}-${index}`}
              aria-label={option.label}
              className="size-4.5 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block text-md">{option.label}</span>
              {option.hint !== undefined && (
                <span id={`${name}-${index}`} className="block text-sm text-soft">
                  {option.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
