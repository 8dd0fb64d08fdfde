/** Anything that has happened: a discriminated union over `type`. */
export interface DomainEvent {
  readonly type: string
  readonly data: object
}

/**
 * The rules of one aggregate as three pure functions. `decide` returns the events that a command causes (none when there is
 * nothing to do) or throws a DomainError; `evolve` folds one event into the state. Neither reads a clock nor makes an id:
 * those come in with the command.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initial: State
  decide(command: Command, state: State): readonly Event[]
  evolve(state: State, event: Event): State
}

export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initial' | 'evolve'>,
  events: Iterable<Event>,
  from: State = decider.initial,
): State {
  let state = from
  for (const event of events) state = decider.evolve(state, event)
  return state
}

/** Ends an exhaustive switch: a new member of the union does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
