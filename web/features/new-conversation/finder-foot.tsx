import { limits } from '@parley/kernel/limits'
import { Button } from '../../components/button'
import { TextField } from '../../components/text-field'

interface Props {
  readonly count: number
  readonly title: string
  readonly onTitle: (title: string) => void
  readonly starting: boolean
  readonly problem: string | null
  readonly onStart: () => void
}

/** What the selection will create: nothing yet, a direct conversation, or a group that needs a name. */
export function FinderFoot({ count, title, onTitle, starting, problem, onStart }: Props) {
  const group = count > 1
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onStart()
      }}
      className="border-t border-line px-5 py-4"
    >
      {group && (
        <TextField
          label="Group name"
          value={title}
          onChange={(event) => onTitle(event.target.value)}
          maxLength={limits.titleLength}
          required
          className="mb-4"
        />
      )}
      <div role="alert">{problem !== null && <p className="mb-3 text-sm text-danger">{problem}</p>}</div>
      <div className="flex items-center justify-between gap-4">
        <p className="text-xs text-faint">{hint(count)}</p>
        <Button type="submit" disabled={count === 0 || starting || (group && title.trim() === '')}>
          {group ? 'Create group' : 'Start conversation'}
        </Button>
      </div>
    </form>
  )
}

function hint(count: number): string {
  if (count === 0) return 'Choose one person, or several for a group.'
  return count === 1 ? 'Add more people to make a group.' : `A group of ${count + 1}, with you.`
}
