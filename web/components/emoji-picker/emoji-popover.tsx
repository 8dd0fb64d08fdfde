'use client'

import { Popover } from '../popover'
import { usePicker } from './use-picker'

interface Props {
  readonly anchor: HTMLElement | null
  readonly onPick: (emoji: string) => void
  readonly onClose: () => void
}

/** The emoji picker beside a button, on a phone as a sheet. Its code and data are loaded when it first opens. */
export function EmojiPopover({ anchor, onPick, onClose }: Props) {
  const { Picker, failed } = usePicker()
  return (
    <Popover label="Pick an emoji" anchor={anchor} onClose={onClose} className="sm:h-[min(26rem,70dvh)] sm:w-92">
      {Picker !== null && <Picker onPick={onPick} />}
      {failed && (
        <p role="alert" className="p-6 text-center text-sm text-faint">
          The emoji could not be loaded. Open this again when you are online.
        </p>
      )}
    </Popover>
  )
}
