'use client'

import { KeyListDialog } from '../../features/keys/key-list-dialog'
import { NewGroup } from '../../features/new-group/new-group'
import { Switcher } from '../../features/switcher/switcher'
import { timelineKeys } from '../../features/timeline/timeline-keys'
import { closeOpened, openedStore } from '../../lib/commands'
import { anywhere } from '../../lib/keys/key-list'
import { useShortcuts } from '../../lib/keys/use-shortcuts'
import { useStore } from '../../lib/use-store'

/** What is open above everything else, and the keys that open it. */
export function Opened() {
  useShortcuts()
  switch (useStore(openedStore)) {
    case 'switcher':
      return <Switcher onClose={closeOpened} />
    case 'new group':
      return <NewGroup onClose={closeOpened} />
    case 'keys':
      return <KeyListDialog sections={[anywhere(), ...timelineKeys()]} onClose={closeOpened} />
    case null:
      return null
  }
}
