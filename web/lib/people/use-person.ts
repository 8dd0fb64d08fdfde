'use client'

import { useSyncExternalStore } from 'react'
import { people, type Person } from './people'

/** The person by the newest name that was heard of them; renders again when another one is. */
export function usePerson(person: Person): Person {
  const current = () => people.get().get(person.id) ?? person
  return useSyncExternalStore(people.subscribe, current, () => person)
}
