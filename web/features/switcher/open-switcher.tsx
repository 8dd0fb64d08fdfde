'use client'

import { useEffect } from 'react'
import { openSwitcher } from '../../lib/commands'
import { replacePlace } from '../../lib/navigate'

/** Where the shortcut of the installed app leads: to the list, with the switcher open. */
export function ShortcutToSwitcher() {
  useEffect(() => {
    replacePlace('/')
    openSwitcher()
  }, [])
  return null
}
