'use client'

import { useEffect, useRef } from 'react'
import { useConversations } from '../conversations/use-conversations'
import { isMac } from '../is-mac'
import { isPressed, isWriting } from './chord'
import { isDialogOpen } from './focus'
import { shortcuts } from './shortcuts'

/** Listens to the keys of the table. Rendered once. */
export function useShortcuts(): void {
  const { conversations } = useConversations()
  const listed = useRef(conversations)
  useEffect(() => {
    listed.current = conversations
  }, [conversations])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isDialogOpen()) return
      const scene = { focus: document.activeElement ?? document.body, conversations: listed.current ?? [] }
      const shortcut = shortcuts.find(
        ({ keys, actsAt }) =>
          (keys.length === 0 ? isWriting(event) : keys.some((chord) => isPressed(chord, event, isMac()))) &&
          actsAt?.(scene) !== false,
      )
      if (shortcut === undefined) return
      if (shortcut.isPassedOn !== true) event.preventDefault()
      shortcut.run(scene)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
