import { AuthFrame } from '../../../features/auth/auth-frame'
import { LogInForm } from '../../../features/auth/log-in-form'

export default function LogInPage() {
  return (
    <AuthFrame title="Sign in" lead="Welcome back. Your conversations are waiting.">
      <LogInForm />
    </AuthFrame>
  )
}
