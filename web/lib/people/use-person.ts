'use client'

import { useSyncExternalStore } from 'react'
import { people, type Person } from './people'

/** The person with the newest known name; renders again when it changes. */
export function usePerson(person: Person): Person {
  const current = () => people.get().get(person.id) ?? person
  return useSyncExternalStore(people.subscribe, current, () => person)
}
