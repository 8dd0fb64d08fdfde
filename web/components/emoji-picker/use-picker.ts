'use client'

import { useEffect, useState } from 'react'
import type { EmojiPicker } from './emoji-picker'

type Picker = typeof EmojiPicker

let loaded: Picker | null = null

/**
 * The emoji picker; null until its code is loaded. Not by `dynamic`: without a connection that fails where it is
 * rendered, and takes the whole page with it.
 */
export function usePicker(): { readonly Picker: Picker | null; readonly failed: boolean } {
  const [state, setState] = useState({ Picker: loaded, failed: false })
  useEffect(() => {
    if (loaded !== null) return undefined
    let isOpen = true
    import('./emoji-picker').then(
      (module) => {
        loaded = module.EmojiPicker
        if (isOpen) setState({ Picker: loaded, failed: false })
      },
      () => isOpen && setState({ Picker: null, failed: true }),
    )
    return () => {
      isOpen = false
    }
  }, [])
  return state
}
