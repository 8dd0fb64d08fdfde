import type { ComponentProps } from 'react'
import { cx } from '../lib/cx'

interface Props extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'quiet' | 'danger'
  /** What it does is being done: it does nothing more, and keeps the focus, which a disabled button would lose. */
  readonly isBusy?: boolean
}

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover disabled:opacity-50 aria-disabled:opacity-50',
  quiet: 'border border-line bg-paper text-ink hover:bg-hover disabled:opacity-50 aria-disabled:opacity-50',
  danger: 'text-danger hover:bg-danger-wash',
}

const busy: ComponentProps<'button'> = { 'aria-disabled': true, onClick: (event) => event.preventDefault() }

export function Button({ look = 'primary', className, type = 'button', isBusy = false, ...rest }: Props) {
  return (
    <button
      type={type}
      className={cx(
        'inline-flex min-h-9 shrink-0 pointer-coarse:min-h-11 items-center justify-center gap-2 rounded-lg px-3.5 text-sm font-medium transition-colors',
        looks[look],
        className,
      )}
      {...rest}
      {...(isBusy ? busy : {})}
    />
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** The accessible name, also shown as a tooltip. */
  readonly label: string
}

export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cx(
        'inline-grid size-9 shrink-0 pointer-coarse:size-11 place-items-center rounded-lg text-soft transition-colors hover:bg-hover hover:text-ink disabled:opacity-40',
        className,
      )}
      {...rest}
    />
  )
}
