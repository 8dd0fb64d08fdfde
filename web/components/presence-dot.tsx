import { cx } from '../lib/cx'
import type { PresenceState } from '../lib/presence/__generated__/presence'

interface Props {
  readonly state: PresenceState | undefined
  /** The surface that the picture stands on. */
  readonly on?: 'rail' | 'paper' | 'raised'
}

const edges = { rail: 'border-rail', paper: 'border-paper', raised: 'border-raised' }

/** A full dot for online and a ring for away, in the corner of a picture. Decorative: the words stand elsewhere. */
export function PresenceDot({ state, on = 'rail' }: Props) {
  if (state !== 'ONLINE' && state !== 'AWAY') return null
  return (
    <span
      aria-hidden="true"
      data-presence={state.toLowerCase()}
      className={cx(
        'absolute -right-0.5 -bottom-0.5 grid size-3.5 place-items-center rounded-full border-2',
        edges[on],
        {
          rail: 'bg-rail',
          paper: 'bg-paper',
          raised: 'bg-raised',
        }[on],
      )}
    >
      <span className={cx('block size-full rounded-full', state === 'ONLINE' ? 'bg-here' : 'border-2 border-here')} />
    </span>
  )
}
