import { DomainError } from '@parley/kernel/errors'
import fc from 'fast-check'
import { addedNotifications, placeOf } from '../domain/notification'
import { newJoining } from '../testing/joinings'
import { connectionView, cursorAt, placeAt } from './views'

const notifications = [newJoining(), newJoining()].flatMap(addedNotifications)
const place = placeOf(notifications[0]!)
const encoded = (text: string): string => Buffer.from(text).toString('base64url')

const refusal = (cursor: string): string => {
  try {
    placeAt(cursor)
    return 'accepted'
  } catch (error) {
    return error instanceof DomainError ? error.code : 'other'
  }
}

describe('a page of notifications', () => {
  it('has cursors that decode to their places', () => {
    const { edges, pageInfo } = connectionView({ rows: notifications, hasPreviousPage: true, hasNextPage: false })
    expect(edges.map(({ cursor }) => placeAt(cursor))).toEqual(notifications.map(placeOf))
    expect(pageInfo).toEqual({
      hasPreviousPage: true,
      hasNextPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[1]?.cursor,
    })
  })

  it('that is empty has no cursors', () => {
    const { pageInfo } = connectionView({ rows: [], hasPreviousPage: false, hasNextPage: false })
    expect(pageInfo).toMatchObject({ startCursor: null, endCursor: null })
  })
})

describe('a cursor of the list', () => {
  it.each([
    ['nothing', ''],
    ['words', 'the next page please'],
    ['an id alone', encoded(notifications[0]!.id)],
    ['padding', `${cursorAt(place)}=`],
    ['more behind it', encoded(`${place}~`)],
  ])('that is %s is refused', (_, cursor) => {
    expect(refusal(cursor)).toBe('INVALID_INPUT')
  })

  it('is refused with INVALID_INPUT unless it was made here', () => {
    fc.assert(fc.property(fc.string(), (cursor) => expect(refusal(cursor)).toBe('INVALID_INPUT')))
  })
})
