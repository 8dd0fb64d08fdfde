import { EmptyState } from '../components/empty-state'
import { LogoMark } from '../components/logo'

export default function NotFound() {
  return (
    <main className="grid h-dvh place-items-center">
      <title>Not found · Parley</title>
      <EmptyState
        picture={<LogoMark className="size-12" />}
        title="There is nothing here"
        action={
          <a href="/" className="font-medium text-link underline underline-offset-4">
            Go to your conversations
          </a>
        }
      >
        The address may have been mistyped.
      </EmptyState>
    </main>
  )
}
