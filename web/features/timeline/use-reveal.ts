'use client'

import type { FocusEvent, MouseEvent, PointerEvent } from 'react'
import { useEffect, useRef } from 'react'
import { hasKeyboard } from '../../lib/has-keyboard'
import { longPressMs } from '../../lib/use-long-press'
import { useStorePart } from '../../lib/use-store'
import { useTimelines } from './timeline-provider'

/** Pixels: a finger that moves further scrolls. */
const stillWithin = 10

/**
 * How a message shows what can be done to it: on a touch screen by a long press, else by the pointer or the focus of
 * the keyboard, of which the last one counts, so that at most one message of all does.
 */
export function useReveal(key: string, isEdited: boolean, onLongPress: () => void) {
  const { revealed } = useTimelines()
  const isShown = useStorePart(revealed, (shown) => shown === key)
  const show = () => revealed.set(key)
  const hide = () => {
    if (revealed.get() === key) revealed.set(null)
  }
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const cancel = () => {
    clearTimeout(press.current?.timer)
    press.current = null
  }
  const leave = () => {
    hide()
    cancel()
  }
  useEffect(
    () => () => {
      clearTimeout(press.current?.timer)
      if (revealed.get() === key) revealed.set(null)
    },
    [revealed, key],
  )
  useEffect(() => {
    if (isEdited && revealed.get() === key) revealed.set(null)
  }, [revealed, key, isEdited])
  return {
    isShown,
    handlers: {
      onPointerLeave: leave,
      onPointerDown: (event: PointerEvent) => {
        cancel()
        if (event.pointerType !== 'touch' || hasOwnMenu(event.target)) return
        const timer = setTimeout(() => {
          ignoreRelease()
          onLongPress()
        }, longPressMs)
        press.current = { timer, x: event.clientX, y: event.clientY }
      },
      onPointerMove: ({ pointerType, movementX, movementY, clientX, clientY }: PointerEvent) => {
        // A list that scrolls below a pointer at rest tells of a move as well.
        if (pointerType !== 'touch' && (movementX !== 0 || movementY !== 0)) show()
        const from = press.current
        if (from !== null && Math.hypot(clientX - from.x, clientY - from.y) > stillWithin) cancel()
      },
      onPointerUp: cancel,
      onPointerCancel: cancel,
      onContextMenu: (event: MouseEvent) => {
        // The long press of the browser, which would select a word.
        if (press.current !== null) event.preventDefault()
      },
      onFocus: ({ currentTarget }: FocusEvent) => {
        // The focus follows a link on a phone too, and the bar would lie in the way of a long press. The field in which it
        // is edited tells of no blur when it is removed.
        if (hasKeyboard() && !isEdited && currentTarget.matches(':is(:focus-visible, :has(:focus-visible))')) show()
      },
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) hide()
      },
    },
  }
}

/** A browser whose own long press is longer makes a click of the release, on whatever has opened below the finger. */
function ignoreRelease(): void {
  const ignore = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const options = { capture: true, once: true }
  document.addEventListener('click', ignore, options)
  document.addEventListener('pointerdown', () => document.removeEventListener('click', ignore, options), options)
}

/** A link and a field have a menu of the browser's own. */
const hasOwnMenu = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, textarea') !== null
