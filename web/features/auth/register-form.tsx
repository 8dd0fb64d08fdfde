'use client'

import { useMutation } from '@apollo/client/react'
import { limits } from '@parley/kernel/limits'
import { useState } from 'react'
import { Button } from '../../components/button'
import { PlaceLink } from '../../components/place-link'
import { TextField } from '../../components/text-field'
import { type Problems, problemsByField, textOf } from '../../lib/form'
import { failureOf, sentenceOf } from '../../lib/graphql/errors'
import { signedIn } from '../../lib/session/session-store'
import { finishSignOut } from '../../lib/session/sign-out'
import { RegisterDocument } from './__generated__/auth'
import { FormProblem } from './form-problem'
import { stillLeaving } from './pending-sign-out'

export function RegisterForm() {
  const [register, { loading }] = useMutation(RegisterDocument)
  const [problems, setProblems] = useState<Problems>({})

  const submit = async (form: FormData) => {
    setProblems({})
    const input = {
      username: textOf(form, 'username').trim().toLowerCase(),
      displayName: textOf(form, 'displayName').trim(),
      password: textOf(form, 'password'),
    }
    if (!(await finishSignOut())) {
      setProblems({ form: stillLeaving })
      return
    }
    try {
      const { data } = await register({ variables: { input } })
      const { user, errors } = data?.register ?? {}
      if (user) signedIn(user)
      else setProblems(problemsByField(errors, 'Your account could not be created. Please try again.'))
    } catch (error) {
      setProblems({ form: sentenceOf(failureOf(error)) })
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
        hint={`${limits.usernameLength.min} to ${limits.usernameLength.max} letters, digits or underscores`}
        error={problems.username}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={limits.usernameLength.max}
        required
        autoFocus
      />
      <TextField
        label="Display name"
        name="displayName"
        hint="What others see beside your messages"
        error={problems.displayName}
        autoComplete="name"
        maxLength={limits.displayNameLength}
        required
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        hint={`At least ${limits.passwordLength.min} characters`}
        error={problems.password}
        autoComplete="new-password"
        maxLength={limits.passwordLength.max}
        required
      />
      <FormProblem>{problems.form ?? null}</FormProblem>
      <Button type="submit" isBusy={loading} className="h-11 w-full text-md">
        {loading ? 'Creating your account…' : 'Create account'}
      </Button>
      <p className="text-sm text-soft">
        Already have an account?{' '}
        <PlaceLink href="/login" className="font-medium text-link underline-offset-4 hover:underline">
          Sign in
        </PlaceLink>
      </p>
    </form>
  )
}
