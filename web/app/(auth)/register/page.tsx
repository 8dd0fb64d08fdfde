import { AuthFrame } from '../../../features/auth/auth-frame'
import { RegisterForm } from '../../../features/auth/register-form'

export default function RegisterPage() {
  return (
    <AuthFrame title="Create an account" lead="A name to find you by, a name to show, and a password.">
      <RegisterForm />
    </AuthFrame>
  )
}
