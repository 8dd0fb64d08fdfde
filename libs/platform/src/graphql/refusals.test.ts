import type { ArgumentsHost } from '@nestjs/common'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host'
import { DomainError } from '@parley/kernel/errors'
import { buildSchema } from 'graphql'
import { unavailable } from '../failures'
import { Refusals } from './refusals'

const schema = buildSchema('type Query { read: Int } type Mutation { write: Payload } type Payload { read: Int }')

function hostOf(type: string): ArgumentsHost {
  const host = new ExecutionContextHost([{}, {}, {}, { schema, parentType: schema.getType(type) }])
  host.setType('graphql')
  return host
}

const lostAnswer = Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' })
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })

describe('what a resolver throws', () => {
  const filter = new Refusals()

  it('is OUTCOME_UNKNOWN for a write whose answer was lost', () => {
    expect(filter.catch(lostAnswer, hostOf('Mutation'))).toMatchObject({ code: 'OUTCOME_UNKNOWN', cause: lostAnswer })
  })

  it.each([
    ['a read whose answer was lost', lostAnswer, 'Query'],
    ['a read in the answer to a write', lostAnswer, 'Payload'],
    ['a write that was never done', refused, 'Mutation'],
    ['a refusal', new DomainError('state', 'NOT_FOUND', 'Not there.'), 'Mutation'],
    ['a neighbour that did not answer', unavailable(lostAnswer), 'Mutation'],
    ['a defect', new TypeError('x is not a function'), 'Mutation'],
  ])('stays as it is for %s', (_what, thrown, type) => {
    expect(filter.catch(thrown, hostOf(type))).toBe(thrown)
  })

  it('becomes an Error when it is not one', () => {
    expect(filter.catch('text', hostOf('Query'))).toEqual(new Error('text'))
  })
})
