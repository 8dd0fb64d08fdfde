'use client'

import type { KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'
import { announce } from '../../lib/announce'
import { actionOf, actionsFor, type MessageAction, type Subject } from './message-actions'
import { useTimelines } from './timeline-provider'

/** How long a button shows that its action was done. */
const shownMs = 1_500

/** What the viewer can do to a message. */
export interface OfferedActions {
  readonly actions: readonly MessageAction[]
  /** The action that was just done, when nothing else on the screen shows it. */
  readonly done: string | null
  readonly run: (action: MessageAction) => void
}

interface ActionsWithKeys extends OfferedActions {
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export function useMessageActions(subject: Subject | null): ActionsWithKeys {
  const timelines = useTimelines()
  const [done, setDone] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const actions = subject === null ? [] : actionsFor(subject)
  const perform = async (action: MessageAction) => {
    if (subject === null) return
    const sentence = await action.run(subject, timelines)
    if (sentence === undefined) return
    announce(sentence)
    setDone(action.id)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setDone(null), shownMs)
  }
  const run = (action: MessageAction) => void perform(action)
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf(event, actions)
    if (action === undefined) return
    event.preventDefault()
    run(action)
  }
  return { actions, done, run, onKeyDown }
}
