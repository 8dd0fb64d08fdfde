'use client'

import { limits } from '@parley/kernel/limits'
import { useRef, useState } from 'react'
import { Button } from '../../components/button'
import { Finder } from '../../components/finder/finder'
import { TextField } from '../../components/text-field'
import { useStart } from '../../lib/conversations/use-start'
import type { Person } from '../../lib/people/people'

/** Chooses people, names the group that they make with the viewer, and opens it. */
export function NewGroup({ onClose }: { readonly onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const { createGroup, isStarting, problem } = useStart(onClose)
  const name = useRef<HTMLInputElement>(null)
  // With the viewer.
  const members = chosen.length + 1
  const isComplete = chosen.length > 0 && members <= limits.members && title.trim() !== ''
  const create = () => {
    if (isComplete && !isStarting) {
      const ids = chosen.map(({ id }) => id)
      void createGroup(title, ids)
    } else if (chosen.length > 0) name.current?.focus()
  }
  return (
    <Finder title="New group" chosen={chosen} onChosen={setChosen} onDone={create} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create()
        }}
        className="border-t border-line px-5 py-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
      >
        <TextField
          ref={name}
          label="Group name"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={limits.titleLength}
          required
          className="mb-4"
        />
        <div role="alert">{problem !== null && <p className="mb-3 text-sm text-danger">{problem}</p>}</div>
        <div className="flex items-center justify-between gap-4">
          <p className="text-xs text-faint">{hint(members)}</p>
          <Button type="submit" disabled={!isComplete} className="max-sm:min-h-11">
            Create group
          </Button>
        </div>
      </form>
    </Finder>
  )
}

function hint(members: number): string {
  if (members === 1) return 'Choose the people of the group.'
  if (members > limits.members) return `A group has at most ${limits.members} members.`
  return `A group of ${members}, with you.`
}
