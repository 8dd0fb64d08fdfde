'use client'

import { Splash } from '../../components/splash'
import { AuthFrame } from '../../features/auth/auth-frame'
import { LogInForm } from '../../features/auth/log-in-form'
import { RegisterForm } from '../../features/auth/register-form'
import { NewRelease } from '../../features/connection/new-release'
import '../../lib/appearance'
import { ApiProvider } from '../../lib/graphql/api-provider'
import { usePlace } from '../../lib/navigate'
import { Chat } from './chat'

/** What the address shows. It is rendered in the browser only. */
export function Screen() {
  return (
    <ApiProvider fallback={<Splash />}>
      <Shown />
      <NewRelease />
    </ApiProvider>
  )
}

function Shown() {
  const place = usePlace()
  if (place.kind === 'login')
    return (
      <AuthFrame title="Sign in" lead="Welcome back. Your conversations are waiting.">
        <LogInForm />
      </AuthFrame>
    )
  if (place.kind === 'register')
    return (
      <AuthFrame title="Create an account" lead="A name to find you by, a name to show, and a password.">
        <RegisterForm />
      </AuthFrame>
    )
  return <Chat place={place} />
}
