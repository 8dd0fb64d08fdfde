import { type Decider, unreachable } from './decider'
import { DomainError } from './errors'
import { given } from './given'

type Command = { type: 'open' } | { type: 'close' }
type Event = { type: 'opened'; data: object } | { type: 'closed'; data: object }

const door: Decider<boolean, Command, Event> = {
  initial: false,
  decide(command, open) {
    switch (command.type) {
      case 'open':
        return open ? [] : [{ type: 'opened', data: {} }]
      case 'close':
        if (!open) throw new DomainError('CONFLICT', 'The door is closed already.')
        return [{ type: 'closed', data: {} }]
      default:
        return unreachable(command)
    }
  },
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

describe('given().when().then()', () => {
  it('folds the history before it decides', () => given(door, opened).when({ type: 'close' }).then(closed))
  it('knows a command that changes nothing', () => given(door, opened).when({ type: 'open' }).thenNothing())
  it('knows a refusal by its code', () => given(door, opened, closed).when({ type: 'close' }).thenFails('CONFLICT'))
  it('fails when the events differ', () => {
    expect(() => given(door).when({ type: 'open' }).then(closed)).toThrow()
  })
  it('fails when nothing was refused', () => {
    expect(() => given(door).when({ type: 'open' }).thenFails('CONFLICT')).toThrow()
  })
})
