import { Button } from './button'

interface ProblemProps {
  readonly problem: string
  readonly onRetry: () => void
}

/** Above a list: why it could not be read, or read on. */
export function ListProblem({ problem, onRetry }: ProblemProps) {
  return (
    <div role="alert" className="mx-auto flex max-w-3xl flex-wrap items-center gap-3 px-5 pt-4 text-sm text-danger">
      {problem}
      <Button look="quiet" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}

interface MoreProps {
  readonly isLoading: boolean
  readonly onMore: () => void
}

/** Below a list that goes on. */
export function ShowMore({ isLoading, onMore }: MoreProps) {
  return (
    <p className="pb-6 text-center">
      <Button look="quiet" isBusy={isLoading} onClick={onMore}>
        Show more
      </Button>
    </p>
  )
}
