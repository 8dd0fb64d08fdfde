'use client'

import { createContext, use } from 'react'

/** Set by the list, which alone knows whether its end is loaded. */
export const ToNewestContext = createContext<() => void>(() => undefined)

/** Goes to the end of the conversation that a row is in. */
export const useToNewest = (): (() => void) => use(ToNewestContext)
