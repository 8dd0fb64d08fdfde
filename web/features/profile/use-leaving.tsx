'use client'

import { useApolloClient } from '@apollo/client/react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { forgetAll, unsentCount } from '../../lib/device/tables'
import { clearDrafts } from '../../lib/drafts'
import { clearEmojiChoices } from '../../lib/emoji/emoji-choices'
import { people } from '../../lib/people/people'
import { presenceStore } from '../../lib/presence/presence-store'
import { signOut } from '../../lib/session/sign-out'
import { useViewer } from '../../lib/session/use-session'

interface Leaving {
  /** Signs out; asks first when something would be lost. */
  readonly leave: () => void
  readonly question: ReactNode
}

/** The way out, which leaves nothing of the viewer on the device. */
export function useLeaving(): Leaving {
  const viewer = useViewer()
  const apollo = useApolloClient()
  const [unsent, setUnsent] = useState(0)
  const go = async () => {
    clearDrafts(viewer.id)
    clearEmojiChoices(viewer.id)
    people.forget()
    presenceStore.forget()
    signOut()
    await apollo.clearStore()
    await forgetAll(viewer.id)
  }
  const leave = async () => {
    const count = await unsentCount(viewer.id)
    if (count === 0) await go()
    else setUnsent(count)
  }
  return {
    leave: () => void leave(),
    question: unsent > 0 && (
      <ConfirmDialog
        title="Sign out without sending?"
        action="Sign out"
        onConfirm={() => void go()}
        onClose={() => setUnsent(0)}
      >
        <p className="text-sm text-soft">
          {unsent === 1
            ? 'One message or change has not been sent yet.'
            : `${unsent} messages or changes have not been sent yet.`}{' '}
          Signing out deletes everything of yours from this device, and they are lost.
        </p>
      </ConfirmDialog>
    ),
  }
}
