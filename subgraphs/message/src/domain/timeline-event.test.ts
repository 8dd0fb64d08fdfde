import { placeAfter, type TimelineFact } from './timeline-event'

const fact = (type: 'MessagePinned' | 'MessageUnpinned') => ({ type, data: {} }) as TimelineFact

describe('the count of pins', () => {
  it('is never below zero, after an event of a release that did not carry it', () => {
    const { pins: _lost, ...place } = placeAfter({ seq: 10, lines: 10 }, fact('MessagePinned'))
    const after = placeAfter(place, fact('MessageUnpinned'))
    expect(after).toEqual({ seq: 12, lines: 10 })
    expect(placeAfter(after, fact('MessagePinned')).pins).toBe(1)
  })
})
