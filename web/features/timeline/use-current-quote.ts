import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect, useEffectEvent } from 'react'
import { onConnected } from '../../lib/graphql/connection'
import { useStorePart } from '../../lib/use-store'
import { QuotedMessageDocument } from './__generated__/quoted'
import { type Quote, quoteOf } from './model/events'
import { isHeld, newestQuote } from './model/timeline-state'
import type { TimelineStore } from './model/timeline-store'

/**
 * What a draft replies to, in its newest known state. What happened to it while the list was not open, no event tells:
 * a message that is not loaded is asked for, also after each reconnect.
 */
export function useCurrentQuote(quote: Quote, store: TimelineStore, onNewer: (quote: Quote) => void): Quote {
  const apollo = useApolloClient()
  const now = useStorePart(store, ({ state }) => newestQuote(state, quote))
  const isAway = useStorePart(store, ({ state, phase }) => phase === 'ready' && !isHeld(state, quote))
  const learn = useEffectEvent((newer: Quote) => {
    if (newer.version > quote.version) onNewer(quoteOf(newer))
  })
  useEffect(() => learn(now), [now])
  const { id, listLine } = quote
  useEffect(() => {
    if (!isAway) return undefined
    const ask = () => {
      void readQuoted(apollo, id).then((found) => {
        if (found !== null) learn(listLine === undefined ? found : { ...found, listLine })
      })
    }
    ask()
    return onConnected(ask)
  }, [apollo, id, listLine, isAway])
  return now
}

/** Null when there is no answer: the draft keeps what it knows. */
const readQuoted = (apollo: ApolloClient, messageId: string): Promise<Quote | null> =>
  apollo
    .query({ query: QuotedMessageDocument, variables: { messageId }, fetchPolicy: 'no-cache' })
    .then(({ data }) => data?.message ?? null)
    .catch(() => null)
