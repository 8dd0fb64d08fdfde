import assert from 'node:assert/strict'
import { type Decider, type DomainEvent, fold } from './decider'
import { DomainError, type ErrorCode } from './errors'

export interface Then<Event> {
  then(...expected: Event[]): void
  thenNothing(): void
  thenFails(code: ErrorCode): void
}

/** `given(decider, ...events).when(command).then(...events)`: the specification of a decider, in its own words. */
export function given<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  ...history: Event[]
): { when(command: Command): Then<Event> } {
  const state = fold(decider, history)
  return {
    when: (command) => ({
      then: (...expected) => assert.deepEqual(decider.decide(command, state), expected),
      thenNothing: () => assert.deepEqual(decider.decide(command, state), []),
      thenFails: (code) =>
        assert.throws(
          () => decider.decide(command, state),
          (error) => error instanceof DomainError && error.code === code,
          `expected the code ${code}`,
        ),
    }),
  }
}
