'use client'

import { useMutation } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { useState } from 'react'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { TextField } from '../../components/text-field'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { recognised } from '../../lib/session/session-store'
import { useViewer } from '../../lib/session/use-session'
import { UpdateProfileDocument } from './__generated__/profile'

export function DisplayNameDialog({ onClose }: { readonly onClose: () => void }) {
  const viewer = useViewer()
  const [name, setName] = useState(viewer.displayName)
  const [problem, setProblem] = useState<string | undefined>()
  const [updateProfile, { loading }] = useMutation(UpdateProfileDocument)

  const save = async () => {
    try {
      const { data } = await updateProfile({ variables: { input: { displayName: name.trim() } } })
      const { user, errors } = data?.updateProfile ?? {}
      if (user) {
        recognised(user)
        onClose()
      } else setProblem(errors?.[0]?.message ?? 'Your name could not be saved. Please try again.')
    } catch (error) {
      setProblem(sentenceOf(failureOf(error)))
    }
  }

  return (
    <Dialog title="Your profile" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
        className="space-y-5 px-5 pt-1 pb-5"
      >
        <TextField
          label="Display name"
          hint="What others see beside your messages"
          error={problem}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={limits.displayNameLength}
          required
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={loading || name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
