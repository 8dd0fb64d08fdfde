import { type RefObject, useRef, useState } from 'react'
import { hasKeyboard } from '../../lib/has-keyboard'

/** The emoji picker of a field: what is picked stands where the caret is. */
export function useEmojiInsertion(field: RefObject<HTMLTextAreaElement | null>, onChange: (text: string) => void) {
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const insert = (emoji: string) => {
    setOpen(false)
    const { current } = field
    if (current === null) return
    current.setRangeText(emoji, current.selectionStart, current.selectionEnd, 'end')
    onChange(current.value)
    // After the picker has given the focus back to its button.
    requestAnimationFrame(() => {
      if (hasKeyboard()) current.focus()
    })
  }
  return { button, isOpen, open: () => setOpen(true), close: () => setOpen(false), insert }
}
