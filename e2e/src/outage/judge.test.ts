import type { GraphQLAnswer } from '@parley/testing/client'
import { OperationTypeNode } from 'graphql'
import { webOperations } from '../web-operations.ts'
import { expectations } from './expectations.ts'
import type { Expectation } from './expectation.ts'
import { deadlineMs, judge } from './judge.ts'
import type { Asked } from './judge.ts'

const expected: Expectation = {
  owner: 'message',
  whole: ['event.text', 'event.authors.0.name'],
  without: { user: ['event.text'] },
  variables: () => ({}),
}
const asked = (answer: GraphQLAnswer<unknown> | null, rest: Partial<Asked> = {}): Asked => ({
  operation: 'Op',
  type: OperationTypeNode.QUERY,
  answer,
  milliseconds: 5,
  ...rest,
})
const unavailable = { message: 'Later, please.', extensions: { code: 'UNAVAILABLE' } }
const internal = { message: 'Oh.', extensions: { code: 'INTERNAL' } }
const full = { event: { text: 'hi', authors: [{ name: 'Ann' }] } }
const nameless = { event: { text: 'hi', authors: [null] } }

describe('the check of answers during an outage', () => {
  it('accepts a complete answer, one without the missing subgraph, and a typed error when the owner is down', () => {
    expect(judge(asked({ data: full }), expected, null)).toEqual([])
    expect(judge(asked({ data: nameless, errors: [unavailable] }), expected, 'user')).toEqual([])
    expect(judge(asked({ data: { event: null }, errors: [unavailable] }), expected, 'message')).toEqual([])
  })

  it.each<[string, Asked, 'user' | 'message' | null]>([
    ['INTERNAL', asked({ data: nameless, errors: [internal] }), 'user'],
    ['a code that the API does not know', asked({ data: null, errors: [{ message: 'x' }] }), 'message'],
    ['an error while nothing is away', asked({ data: full, errors: [unavailable] }), null],
    [
      'a write that may have been done, of a read',
      asked({ data: null, errors: [{ message: 'x', extensions: { code: 'OUTCOME_UNKNOWN' } }] }),
      'message',
    ],
    ['no answer', asked(null), 'message'],
    ['a stream that waits silently', asked(null, { type: OperationTypeNode.SUBSCRIPTION }), 'message'],
    ['an answer after the deadline', asked({ data: full }, { milliseconds: deadlineMs + 1 }), null],
    ['silence of the owner', asked({ data: { event: null } }), 'message'],
  ])('goes red at %s', (_what, found, away) => {
    expect(judge(found, expected, away)).toHaveLength(1)
  })

  it('fails when a part of another subgraph is missing', () => {
    const answer = { data: { event: null }, errors: [unavailable] }
    expect(judge(asked(answer), expected, 'user')).toEqual(['Op: event.text is missing (UNAVAILABLE)'])
  })
})

describe('the table of expectations', () => {
  it('has a row for each operation of the web client and no other', () => {
    expect(Object.keys(expectations).toSorted()).toEqual([...webOperations().keys()].toSorted())
  })
})
