'use client'

import { useApolloClient } from '@apollo/client/react'
import { isWord, mentionText } from '@parley/text/mentions'
import type { Mention } from '@parley/text/tree'
import { useEffect } from 'react'
import { cx } from '../../lib/cx'
import { missingPeopleOf } from '../../lib/people/missing-people'
import { people } from '../../lib/people/people'
import { useViewer } from '../../lib/session/use-session'
import { useStorePart } from '../../lib/use-store'

/** A mention in a message, with the name that the person has now. One's own stands out. */
export function MentionChip({ mention }: { readonly mention: Mention }) {
  const apollo = useApolloClient()
  const viewer = useViewer()
  const { who } = mention
  const name = useStorePart(people, (known) => known.get(who)?.displayName ?? null)
  const isMissing = name === null && !isWord(mention)
  useEffect(() => {
    if (isMissing) void missingPeopleOf(apollo).want(who)
  }, [apollo, isMissing, who])
  const isOwn = isWord(mention) || who === viewer.id
  return (
    <span className={cx('rounded-md px-1 py-px font-medium', isOwn ? 'bg-signal text-on-signal' : 'bg-wash text-link')}>
      <bdi>{mentionText(mention, () => name)}</bdi>
    </span>
  )
}
