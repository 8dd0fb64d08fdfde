import assert from 'node:assert/strict'
import { type Decision, type DomainEvent, type Fold, fold } from './decider'
import { DomainError } from './errors'

export interface Then<Event> {
  then(...expected: Event[]): void
  thenNothing(): void
  thenFails(code: string): void
}

/** `given(conversation, ...events).when(rename(…)).then(...events)`: tests of commands, written as specifications. */
export function given<State, Event extends DomainEvent>(
  folded: Fold<State, Event>,
  ...history: Event[]
): { when(decide: Decision<State, Event>): Then<Event> } {
  const state = fold(folded, history)
  return {
    when: (decide) => ({
      then: (...expected) => assert.deepEqual(decide(state), expected),
      thenNothing: () => assert.deepEqual(decide(state), []),
      thenFails: (code) =>
        assert.throws(
          () => decide(state),
          (error) => error instanceof DomainError && error.code === code,
          `expected the code ${code}`,
        ),
    }),
  }
}
