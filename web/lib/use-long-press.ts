'use client'

import type { MouseEvent, PointerEvent } from 'react'
import { useEffect, useRef } from 'react'

/** Milliseconds, as on the platforms. */
export const longPressMs = 450

/** A finger that rests on a button, a click of the right mouse button or the menu key: none of them presses the button. */
export function useLongPress(onPress: () => void, onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wasLong = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])
  const cancel = () => clearTimeout(timer.current)
  return {
    onClick: () => {
      if (!wasLong.current) onPress()
      wasLong.current = false
    },
    onPointerDown: ({ pointerType }: PointerEvent) => {
      cancel()
      wasLong.current = false
      if (pointerType !== 'touch') return
      timer.current = setTimeout(() => {
        wasLong.current = true
        onLongPress()
      }, longPressMs)
    },
    onPointerUp: cancel,
    // Sent when the finger moves and the page scrolls.
    onPointerCancel: cancel,
    onPointerLeave: cancel,
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault()
      if (wasLong.current) return
      cancel()
      onLongPress()
    },
  }
}
