import { parseType } from 'graphql'
import { takePlace, upstreamOperation } from './upstream-operation'

const field = {
  name: 'log',
  cursor: 'after',
  position: 'seq',
  endsFor: 'endsFor',
  forgets: 'forgets',
  admission: 'mayFollow',
}

describe('the operation for the owner of a shared field', () => {
  it('asks for the position of each frame and makes the cursor a variable', () => {
    const planned =
      'subscription S__log__0($id:ID!,$at:Int!,$n:Int){l:log(id:$id,after:$at){...F}}fragment F on Frame{events(first:$n){seq}}'
    const { query, admission, variables, cursor } = upstreamOperation(planned, field, parseType('Int!'))
    expect(query.replaceAll(/\s+/g, ' ')).toBe(
      'subscription S__log__0($id: ID!, $n: Int, $streamCursor__: Int!) { l: log(id: $id, after: $streamCursor__) { ...F streamPosition__: seq streamEndsFor__: endsFor streamForgets__: forgets } } fragment F on Frame { events(first: $n) { seq } }',
    )
    expect(admission.replaceAll(/\s+/g, ' ')).toBe(
      'query ($id: ID!, $streamCursor__: Int!) { mayFollow(id: $id, after: $streamCursor__) }',
    )
    expect(variables).toEqual(['id', 'at', 'n'])
    expect(cursor).toBe('streamCursor__')
  })

  it('reads the place of a frame and leaves no trace of it', () => {
    const data = { l: { seq: 4, streamPosition__: 5, streamEndsFor__: ['a'], streamForgets__: true } }
    expect(takePlace(data, 'l')).toEqual({ position: 5, endsFor: ['a'], forgets: true })
    expect(data).toEqual({ l: { seq: 4 } })
  })

  it.each([null, undefined, {}, { l: null }, { l: { streamPosition__: 'x' } }])('has no place in %j', (data) => {
    expect(takePlace(data, 'l')).toBeNull()
  })
})
