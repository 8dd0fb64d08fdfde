import { type Decision, type Fold, unreachable } from './decider'
import { DomainError } from './errors'
import { given } from './given'

type Event = { type: 'opened'; data: object } | { type: 'closed'; data: object }

const door: Fold<boolean, Event> = {
  initial: false,
  evolve(open, event) {
    switch (event.type) {
      case 'opened':
        return true
      case 'closed':
        return false
      default:
        return unreachable(event)
    }
  },
}

const opened: Event = { type: 'opened', data: {} }
const closed: Event = { type: 'closed', data: {} }

const open: Decision<boolean, Event> = (isOpen) => (isOpen ? [] : [opened])
const close: Decision<boolean, Event> = (isOpen) => {
  if (!isOpen) throw new DomainError('state', 'CONFLICT', 'The door is closed already.')
  return [closed]
}

describe('given().when().then()', () => {
  it('folds the history before it decides', () => given(door, opened).when(close).then(closed))
  it('accepts a command that changes nothing', () => given(door, opened).when(open).thenNothing())
  it('checks a refusal by its code', () => given(door, opened, closed).when(close).thenFails('CONFLICT'))
  it('fails when the events differ', () => {
    expect(() => given(door).when(open).then(closed)).toThrow()
  })
  it('fails when the command was not refused', () => {
    expect(() => given(door).when(open).thenFails('CONFLICT')).toThrow()
  })
})
