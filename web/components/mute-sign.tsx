import { BellOff } from 'lucide-react'

/** Beside the name of a conversation that the viewer has muted. */
export function MuteSign() {
  return (
    <span role="img" aria-label="Muted" title="Muted" className="shrink-0 self-center text-faint">
      <BellOff className="size-3.5" aria-hidden="true" />
    </span>
  )
}
