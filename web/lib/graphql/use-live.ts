'use client'

import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef } from 'react'
import { backoff } from '../backoff'
import { useSocket } from './api-provider'
import { isTemporary } from './errors'
import { followLive } from './live'

interface Sink<Data> {
  readonly data: (data: Data) => void
  /** What was told does not hold any more: the stream has ended, or another one is followed. */
  readonly lost: () => void
}

/** Follows a stream of one conversation while the component is shown, and opens it again after temporary failures. */
export function useLive<Data>(
  document: TypedDocumentNode<Data, { conversationId: string }>,
  conversationId: string,
  sink: Sink<Data>,
): void {
  const apollo = useApolloClient()
  const socket = useSocket()
  const now = useRef(sink)
  now.current = sink
  useEffect(() => {
    let stop: () => void = () => undefined
    let reopen: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let isLeft = false
    const follow = () => {
      stop = followLive(
        { apollo, socket },
        document,
        { conversationId },
        {
          data: (data) => {
            failures = 0
            now.current.data(data)
          },
          ended: (failure) => {
            // Also called for the end that leaving makes.
            if (isLeft) return
            stop()
            now.current.lost()
            if (failure === null || isTemporary(failure)) reopen = setTimeout(follow, backoff(failures++))
          },
        },
      )
    }
    follow()
    return () => {
      isLeft = true
      clearTimeout(reopen)
      stop()
      now.current.lost()
    }
  }, [apollo, socket, document, conversationId])
}
