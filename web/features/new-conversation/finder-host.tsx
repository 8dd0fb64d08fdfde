'use client'

import { useEffect } from 'react'
import { closeFinder, finderStore, openFinder } from '../../lib/commands'
import { keyLetter } from '../../lib/key-letter'
import { useStore } from '../../lib/use-store'
import { NewConversationFinder } from './new-conversation-finder'

/** Opens the finder from anywhere with Ctrl+K or Command+K. */
export function FinderHost() {
  const open = useStore(finderStore)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (keyLetter(event) !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      openFinder()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return open ? <NewConversationFinder onClose={closeFinder} /> : null
}
