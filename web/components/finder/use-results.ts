'use client'

import { useLayoutEffect, useState } from 'react'
import type { Result } from './finder-result'
import { settled } from './settled'

/** More than one looks through: one types on. */
const most = 50

interface Options {
  readonly typed: string
  readonly found: readonly Result[]
  /** Whether the first one is marked without a key, so that Enter takes it. */
  readonly marksFirst: boolean
}

/** What is found, in an order that stays, and which of it is marked: by its id, so that it stays marked. */
export function useResults({ typed, found, marksFirst }: Options) {
  const [shown, setShown] = useState<{ readonly typed: string; readonly ids: readonly string[] }>({ typed, ids: [] })
  const [markedId, setMarkedId] = useState<string | null>(null)
  const all = settled(shown.typed === typed ? shown.ids : [], found)
  const results = all.slice(0, most)
  const ids = results.map(({ id }) => id).join(' ')
  useLayoutEffect(() => setShown({ typed, ids: ids === '' ? [] : ids.split(' ') }), [typed, ids])
  const at = results.findIndex(({ id }) => id === markedId)
  const marked = at === -1 && marksFirst && results.length > 0 ? 0 : at
  return {
    results,
    /** There are more. */
    isCut: all.length > most,
    marked,
    mark: (index: number) => setMarkedId(results[index]?.id ?? null),
    /** With every change of what is typed. */
    unmark: () => setMarkedId(null),
  }
}
