import { useApolloClient } from '@apollo/client/react'
import { type KeyboardEvent, useState } from 'react'
import { listedConversation } from '../../lib/conversations/conversation-cache'
import { membersOf } from '../../lib/conversations/members'
import { presenceStore } from '../../lib/presence/presence-store'
import { useViewer } from '../../lib/session/use-session'
import { insertText } from './apply-mark'
import { type MentionChoice, mentionChoices, type MentionQuery, mentionQuery } from './model/mention-choices'
import { labelsOf } from './model/mention-names'
import type { TimelineStore } from './model/timeline-store'
import { useTimelines } from './timeline-provider'

interface Open {
  readonly query: MentionQuery
  readonly choices: readonly MentionChoice[]
  readonly marked: number
}

/** What a message field offers after an @. */
export interface Mentions {
  readonly open: Open | null
  /** After each change of the text or the caret. */
  readonly look: (field: HTMLTextAreaElement) => void
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
  readonly pick: (field: HTMLTextAreaElement, choice: MentionChoice) => void
  readonly close: () => void
}

export function useMentions(conversationId: string): Mentions {
  const { cache } = useApolloClient()
  const viewer = useViewer()
  const { stores } = useTimelines()
  const [open, setOpen] = useState<Open | null>(null)
  /** The @ at which the list was closed by Escape. */
  const [closedAt, setClosedAt] = useState<number | null>(null)

  const choicesFor = (query: MentionQuery): readonly MentionChoice[] => {
    const members = membersOf(cache, conversationId)
    const people = members.filter(({ id }) => id !== viewer.id)
    const conversation = listedConversation(cache, conversationId)
    const here = people.filter(({ id }) => presenceStore.get().get(id)?.state === 'ONLINE').length
    const all = (conversation?.memberCount ?? members.length) - 1
    const group = conversation?.kind === 'DIRECT' ? null : { all, here }
    const speakers = speakersIn(stores.of(conversationId))
    return mentionChoices(query, { people, labels: labelsOf(members), speakers, group })
  }
  const look = (field: HTMLTextAreaElement) => {
    const query = field.selectionStart === field.selectionEnd ? mentionQuery(field.value, field.selectionStart) : null
    if (query === null || query.at !== closedAt) setClosedAt(null)
    if (query === null || query.at === closedAt) {
      setOpen(null)
      return
    }
    if (open?.query.at === query.at && open.query.text === query.text) return
    const choices = choicesFor(query)
    setOpen(choices.length === 0 ? null : { query, choices, marked: 0 })
  }
  const pick = (field: HTMLTextAreaElement, { label }: MentionChoice) => {
    if (open === null) return
    const { at, text } = open.query
    setOpen(null)
    insertText(field, `@${label} `, [at, at + text.length + 1])
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (open === null) return false
    const { choices, marked, query } = open
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const choice = choices[marked]
    if (step !== undefined) setOpen({ ...open, marked: (marked + step + choices.length) % choices.length })
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && choice !== undefined)
      pick(event.currentTarget, choice)
    else if (event.key === 'Escape') {
      setClosedAt(query.at)
      setOpen(null)
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return { open, look, onKey, pick, close: () => setOpen(null) }
}

/** The last one first. */
const speakersIn = (store: TimelineStore): readonly string[] => [
  ...new Set(
    store
      .get()
      .state.lines.toArray()
      .toReversed()
      .map(({ actor }) => actor.id),
  ),
]
