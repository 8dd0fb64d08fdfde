import { Users } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { Avatar } from '../../components/avatar'
import { cx } from '../../lib/cx'
import { type MentionChoice, peopleCount } from './model/mention-choices'

interface Props {
  readonly id: string
  /** The frame of the field, above or below which it opens. */
  readonly anchor: HTMLElement | null
  readonly choices: readonly MentionChoice[]
  readonly marked: number
  readonly onPick: (choice: MentionChoice) => void
}

export const mentionOptionId = (listId: string, index: number): string => `${listId}-${index}`

/** Pixels between it and the field, and the edge of the window. */
const gap = 6
const edge = 8

/** The people who may be meant by an @, beside the field; the focus stays in the field. */
export function MentionList({ id, anchor, choices, marked, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current } = list
    // In the top layer no list cuts it off.
    if (current !== null && !current.matches(':popover-open')) current.showPopover()
  }, [])
  useLayoutEffect(() => {
    if (list.current !== null && anchor !== null) place(list.current, anchor)
  }, [anchor, choices])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    <div
      ref={list}
      popover="manual"
      id={id}
      role="listbox"
      aria-label="People to mention"
      className="fixed m-0 max-h-72 overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 text-ink shadow-float"
    >
      {choices.map((choice, index) => (
        <div
          key={choice.kind === 'person' ? choice.person.id : choice.label}
          role="option"
          id={mentionOptionId(id, index)}
          aria-selected={index === marked}
          // The field keeps the focus, and a phone its keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(choice)}
          className={cx(
            'flex h-11 cursor-default items-center gap-3 rounded-lg px-2.5',
            index === marked ? 'bg-selected' : 'hover:bg-hover',
          )}
        >
          {choice.kind === 'person' ? (
            <>
              <Avatar id={choice.person.id} name={choice.person.displayName} size="sm" />
              <span className="min-w-0 truncate text-md font-medium">{choice.person.displayName}</span>
              <span className="min-w-0 truncate text-xs text-soft">@{choice.person.username}</span>
            </>
          ) : (
            <>
              <span className="grid size-6 shrink-0 place-items-center rounded-full bg-wash text-link">
                <Users className="size-3.5" aria-hidden="true" />
              </span>
              <span className="text-md font-medium">@{choice.label}</span>
              <span className="min-w-0 truncate text-xs text-soft">
                Notify {choice.label === 'here' ? `${peopleCount(choice.count)} online` : peopleCount(choice.count)}
              </span>
            </>
          )}
        </div>
      ))}
    </div>
  )
}

/** Above the field if there is room, else below. */
function place(list: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const width = Math.min(at.width, 420)
  list.style.width = `${width}px`
  list.style.left = `${Math.max(edge, Math.min(at.left, window.innerWidth - width - edge))}px`
  const above = at.top - gap - list.offsetHeight
  list.style.top = `${above >= edge ? above : at.bottom + gap}px`
}
