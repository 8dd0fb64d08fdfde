'use client'

import { useMutation } from '@apollo/client/react'
import { useState } from 'react'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { recognised } from '../../lib/session/session-store'
import { useViewer } from '../../lib/session/use-session'
import { UpdateProfileDocument } from './__generated__/profile'

/** Changes what others see beside the viewer's messages. */
export function useDisplayName(onSaved: () => void) {
  const viewer = useViewer()
  const [name, setName] = useState(viewer.displayName)
  const [problem, setProblem] = useState<string | undefined>()
  const [updateProfile, { loading }] = useMutation(UpdateProfileDocument)

  const save = async () => {
    setProblem(undefined)
    try {
      const { data } = await updateProfile({ variables: { input: { displayName: name.trim() } } })
      const { user, errors } = data?.updateProfile ?? {}
      if (user) {
        recognised(user)
        onSaved()
      } else setProblem(errors?.[0]?.message ?? 'Your name could not be saved. Please try again.')
    } catch (error) {
      setProblem(sentenceOf(failureOf(error)))
    }
  }

  return { name, setName, problem, save, isSaving: loading, isChanged: name.trim() !== viewer.displayName }
}
