'use client'

import { useEffect, useState } from 'react'

/** The current time, updated every so many milliseconds, for labels such as "5m". */
export function useNow(every: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
