import { placesIn, textOf } from './marks.ts'

describe('the numbers of messages', () => {
  it('are found in any frame, however many there are', () => {
    const frame = JSON.stringify({ payload: { events: [7, 12_345].map((number) => ({ text: textOf(number) })) } })
    expect(placesIn(Buffer.from(frame))).toEqual([7, 12_345])
  })

  it('are none in a heartbeat', () => {
    expect(placesIn(Buffer.from('{"events":[],"headSeq":3}'))).toEqual([])
  })
})
