'use client'

import { useMutation } from '@apollo/client/react'
import { useState } from 'react'
import { Button } from '../../components/button'
import { PlaceLink } from '../../components/place-link'
import { TextField } from '../../components/text-field'
import { textOf } from '../../lib/form'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { signedIn } from '../../lib/session/session-store'
import { finishSignOut } from '../../lib/session/sign-out'
import { LogInDocument } from './__generated__/auth'
import { FormProblem } from './form-problem'
import { stillLeaving } from './pending-sign-out'

export function LogInForm() {
  const [logIn, { loading }] = useMutation(LogInDocument)
  const [problem, setProblem] = useState<string | null>(null)

  const submit = async (form: FormData) => {
    setProblem(null)
    const input = { username: textOf(form, 'username').trim(), password: textOf(form, 'password') }
    if (!(await finishSignOut())) {
      setProblem(stillLeaving)
      return
    }
    try {
      const { data } = await logIn({ variables: { input } })
      const { user, errors } = data?.logIn ?? {}
      if (user) signedIn(user)
      else setProblem(errors?.[0]?.message ?? 'Signing in did not work. Please try again.')
    } catch (error) {
      setProblem(sentenceOf(failureOf(error)))
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void submit(new FormData(event.currentTarget))
      }}
      className="space-y-5"
    >
      <TextField
        label="Username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
      />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <FormProblem>{problem}</FormProblem>
      <Button type="submit" isBusy={loading} className="h-11 w-full text-md">
        {loading ? 'Signing in…' : 'Sign in'}
      </Button>
      <p className="text-sm text-soft">
        New here?{' '}
        <PlaceLink href="/register" className="font-medium text-link underline-offset-4 hover:underline">
          Create an account
        </PlaceLink>
      </p>
    </form>
  )
}
