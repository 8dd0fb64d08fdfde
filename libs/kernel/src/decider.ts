/** An event: a discriminated union over `type`. */
export interface DomainEvent {
  readonly type: string
  readonly data: object
}

/** How a stream of events becomes a state: `evolve` folds one event into the state, starting with `initial`. Pure. */
export interface Fold<State, Event extends DomainEvent> {
  readonly initial: State
  evolve(state: State, event: Event): State
}

/**
 * A command: the events that it causes in a state (none when there is nothing to do), or a thrown DomainError as
 * refusal. It reads no clock and makes no id: those are arguments of the function that creates it.
 */
export type Decision<State, Event extends DomainEvent> = (state: State) => readonly Event[]

export function fold<State, Event extends DomainEvent>(
  folded: Fold<State, Event>,
  events: Iterable<Event>,
  from: State = folded.initial,
): State {
  let state = from
  for (const event of events) state = folded.evolve(state, event)
  return state
}

/** Ends an exhaustive switch: a new member of the union does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
