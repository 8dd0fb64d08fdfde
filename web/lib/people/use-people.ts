'use client'

import { skipToken, useQuery } from '@apollo/client/react'
import { useEffect, useMemo, useState } from 'react'
import { connectionStore } from '../graphql/connection'
import { matching } from '../name-search'
import { useViewer } from '../session/use-session'
import { useStore } from '../use-store'
import { FindUsersDocument } from './__generated__/people'
import { isNameless, people, type Person } from './people'

const pauseMs = 180
const first = 20

export interface FoundPeople {
  /** First those whom this device knows, then those whom the server has found besides. */
  readonly people: readonly Person[]
  readonly isSearching: boolean
  /** The server does not answer: these are the ones whom this device knows. Without a connection it is asked until it does. */
  readonly isUnreachable: boolean
  /** Asks the server at once, also once more. */
  readonly hurry: () => void
}

const nobody: readonly Person[] = []

/** People of this name, without the viewer. The server is asked when typing pauses. */
export function usePeople(typed: string): FoundPeople {
  const [query, setQuery] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  const { data, loading, error, refetch } = useQuery(
    FindUsersDocument,
    query === '' ? skipToken : { variables: { query, first }, fetchPolicy: 'cache-and-network' },
  )
  const isCurrent = query === typed && typed !== ''
  const viewer = useViewer()
  const heard = useStore(people)
  const known = useMemo(() => knownAs(typed, heard, viewer.id), [typed, heard, viewer.id])
  const found = (isCurrent && data?.findUsers) || nobody
  const all = useMemo(() => {
    const ids = new Set(known.map(({ id }) => id))
    return [...known, ...found.filter(({ id }) => !ids.has(id))]
  }, [known, found])
  const isSearching = typed !== '' && (loading || query !== typed)
  const isOffline = useStore(connectionStore) === 'waiting'
  const hasFailed = isCurrent && error !== undefined
  const hurry = () => {
    if (hasFailed) void refetch().catch(() => undefined)
    else setQuery(typed)
  }
  return { people: all, isSearching, isUnreachable: hasFailed || (isSearching && isOffline), hurry }
}

function knownAs(typed: string, heard: ReadonlyMap<string, Person>, viewerId: string): readonly Person[] {
  if (typed === '') return nobody
  const others = [...heard.values()].filter((person) => person.id !== viewerId && !isNameless(person))
  return matching(others, typed, ({ displayName, username }) => [displayName, username])
}
