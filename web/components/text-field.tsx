import type { ComponentProps } from 'react'
import { useId } from 'react'
import { cx } from '../lib/cx'

interface Props extends ComponentProps<'input'> {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
}

/** A labelled input; an error replaces its hint, in the same place and with the same height. */
export function TextField({ label, hint, error, className, ...rest }: Props) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className={cx(
          'h-11 w-full rounded-lg border bg-raised px-3 text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-1 focus-visible:-outline-offset-2 sm:text-md',
          error === undefined ? 'border-line-strong' : 'border-danger',
        )}
        {...rest}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={cx('mt-1.5 text-xs', error === undefined ? 'text-faint' : 'text-danger')}>
          {note}
        </p>
      )}
    </div>
  )
}
