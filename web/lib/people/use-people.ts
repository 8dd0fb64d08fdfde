'use client'

import { skipToken, useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { useViewer } from '../session/use-session'
import { FindUsersDocument } from './__generated__/people'
import { people, type Person } from './people'

const pause = 180
const first = 20

interface People {
  readonly people: readonly Person[]
  readonly searching: boolean
  /** The search is unavailable at the moment: these are people whom this device knows. */
  readonly unreachable: boolean
}

/** People whose name starts with the typed text, requested when typing pauses. */
export function usePeople(typed: string): People {
  const [query, setQuery] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), pause)
    return () => clearTimeout(timer)
  }, [typed])
  const { data, previousData, loading, error } = useQuery(
    FindUsersDocument,
    query === '' ? skipToken : { variables: { query, first }, fetchPolicy: 'cache-and-network' },
  )
  const viewer = useViewer()
  const searching = typed !== '' && (loading || query !== typed)
  if (error !== undefined) return { people: knownAs(typed, viewer.id), searching, unreachable: true }
  const found = typed === '' ? [] : ((data ?? previousData)?.findUsers ?? [])
  return { people: found, searching, unreachable: false }
}

function knownAs(typed: string, viewerId: string): readonly Person[] {
  const needle = typed.toLocaleLowerCase()
  if (needle === '') return []
  const named = [...people.get().values()].filter(
    ({ id, username, displayName }) =>
      id !== viewerId && (username.startsWith(needle) || displayName.toLocaleLowerCase().includes(needle)),
  )
  return named.slice(0, first)
}
