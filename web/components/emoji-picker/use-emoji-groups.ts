'use client'

import { useEffect, useState } from 'react'
import { type EmojiGroup, loadEmoji } from '../../lib/emoji/emoji-data'

/** All emoji; null until they are loaded. */
export function useEmojiGroups() {
  const [groups, setGroups] = useState<readonly EmojiGroup[] | null>(null)
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isOpen = true
    loadEmoji().then(
      (loaded) => isOpen && setGroups(loaded),
      () => isOpen && setFailed(true),
    )
    return () => {
      isOpen = false
    }
  }, [attempt])
  const retry = () => {
    setFailed(false)
    setAttempt((count) => count + 1)
  }
  return { groups, failed, retry }
}
