'use client'

import dynamic from 'next/dynamic'
import { Popover } from '../popover'

const EmojiPicker = dynamic(() => import('./emoji-picker').then((module) => module.EmojiPicker), { ssr: false })

interface Props {
  readonly anchor: HTMLElement | null
  readonly onPick: (emoji: string) => void
  readonly onClose: () => void
}

/** The emoji picker beside a button, on a phone as a sheet. Its code and data are loaded when it first opens. */
export function EmojiPopover({ anchor, onPick, onClose }: Props) {
  return (
    <Popover label="Pick an emoji" anchor={anchor} onClose={onClose} className="sm:h-[min(26rem,70dvh)] sm:w-92">
      <EmojiPicker onPick={onPick} />
    </Popover>
  )
}
