'use client'

import { ApolloProvider } from '@apollo/client/react'
import type { Client } from 'graphql-ws'
import type { ReactNode } from 'react'
import { createContext, use, useState } from 'react'
import { useHydrated } from '../use-hydrated'
import { createApolloClient } from './client'
import { createSocket } from './socket'

const SocketContext = createContext<Client | null>(null)

interface Props {
  readonly children: ReactNode
  /** Rendered on the server, and in the browser until hydration. */
  readonly fallback: ReactNode
}

/** Provides the GraphQL client and the socket, in the browser only: every screen belongs to one signed-in user. */
export function ApiProvider({ children, fallback }: Props) {
  return useHydrated() ? <BrowserApi>{children}</BrowserApi> : fallback
}

function BrowserApi({ children }: Pick<Props, 'children'>) {
  const [api] = useState(() => ({ socket: createSocket(), apollo: createApolloClient() }))
  return (
    <SocketContext value={api.socket}>
      <ApolloProvider client={api.apollo}>{children}</ApolloProvider>
    </SocketContext>
  )
}

/** The socket itself, for streams that resume from their own cursor. */
export function useSocket(): Client {
  const socket = use(SocketContext)
  if (socket === null) throw new Error('useSocket is used outside ApiProvider')
  return socket
}
