'use client'

import { skipToken, useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import type { PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { FindUsersDocument } from './__generated__/new-conversation'

const pause = 180

interface People {
  readonly people: readonly PersonPartsFragment[]
  readonly searching: boolean
}

/** People whose name begins with what was typed, asked for once the typing pauses. */
export function usePeople(typed: string): People {
  const [query, setQuery] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), pause)
    return () => clearTimeout(timer)
  }, [typed])
  const { data, previousData, loading } = useQuery(
    FindUsersDocument,
    query === '' ? skipToken : { variables: { query, first: 20 }, fetchPolicy: 'cache-and-network' },
  )
  const found = typed === '' ? [] : ((data ?? previousData)?.findUsers ?? [])
  return { people: found, searching: typed !== '' && (loading || query !== typed) }
}
