'use client'

import { useMutation } from '@apollo/client/react'
import { SetPresencePrivacyDocument } from '../../lib/presence/__generated__/presence'
import { presenceStore } from '../../lib/presence/presence-store'

/** Hides or shows when the viewer is here. What fails changes nothing, and the menu goes on showing what holds. */
export function useSetHidden(): (isHidden: boolean) => Promise<void> {
  const [setPrivacy] = useMutation(SetPresencePrivacyDocument)
  return async (isHidden) => {
    try {
      const { data } = await setPrivacy({ variables: { input: { isHidden } } })
      if (data?.setPresencePrivacy?.presence) presenceStore.learn([data.setPresencePrivacy.presence])
    } catch {
      // Nothing has changed.
    }
  }
}
