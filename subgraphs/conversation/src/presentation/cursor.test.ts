import { DomainError } from '@parley/kernel/errors'
import { conversationId } from '@parley/kernel/ids'
import fc from 'fast-check'
import { cursorOf, positionOf } from './cursor'

const position = {
  lastActivityAt: new Date('2027-03-01T12:30:00.123Z'),
  id: conversationId('0198b7a0-0000-7000-8000-000000000001'),
}
const encoded = (text: string): string => Buffer.from(text).toString('base64url')

const refusal = (cursor: string): string => {
  try {
    positionOf(cursor)
    return 'accepted'
  } catch (error) {
    return error instanceof DomainError ? error.code : 'other'
  }
}

describe('the cursor of a list', () => {
  it('leads back to where it was taken', () => expect(positionOf(cursorOf(position))).toEqual(position))

  it.each([
    ['nothing', ''],
    ['words', 'the next page please'],
    ['an id alone', encoded(position.id)],
    ['a day that is none', encoded(`2027-02-31T12:30:00.123Z/${position.id}`)],
    ['a month that is none', encoded(`2027-13-01T12:30:00.123Z/${position.id}`)],
    ['an id that is none', encoded(`2027-03-01T12:30:00.123Z/${'-'.repeat(36)}`)],
    ['padding', `${cursorOf(position)}=`],
    ['more behind it', encoded(`2027-03-01T12:30:00.123Z/${position.id}'; drop table members`)],
  ])('refuses %s', (_, cursor) => {
    expect(refusal(cursor)).toBe('INVALID_INPUT')
  })

  it('refuses any other string, with INVALID_INPUT', () => {
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        expect(['accepted', 'INVALID_INPUT']).toContain(refusal(cursor))
        if (refusal(cursor) === 'accepted') expect(cursorOf(positionOf(cursor))).toBe(cursor)
      }),
    )
  })
})
