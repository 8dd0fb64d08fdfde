'use client'

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useSyncExternalStore } from 'react'
import { missingPeopleOf } from '../../lib/people/missing-people'
import { nameless, people } from '../../lib/people/people'

/** The names of people of whom only the ids are known; unknown ones are fetched. */
export function useReactorNames(userIds: readonly string[]): (id: string) => string {
  const apollo = useApolloClient()
  const known = useSyncExternalStore(people.subscribe, people.get, people.get)
  const missing = userIds.filter((id) => !known.has(id)).join(' ')
  useEffect(() => {
    if (missing === '') return
    const fetcher = missingPeopleOf(apollo)
    for (const id of missing.split(' ')) void fetcher.want(id)
  }, [apollo, missing])
  return (id) => (known.get(id) ?? nameless(id)).displayName
}
