'use client'

import { useState } from 'react'

/** Runs a change that resolves with the sentence that says why it could not be done; then shows it, else is done. */
export function useAsking(done: () => void) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const ask = async (change: () => Promise<string | null>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const told = await change()
    setBusy(false)
    setProblem(told)
    if (told === null) done()
  }
  return { ask, isBusy, problem }
}
