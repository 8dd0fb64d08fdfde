import { shownVersions, type Version, type Versions, withEarlier, withLater } from './versions'

const version = (number: number): Version => ({ number, text: `v${number}`, at: '2026-11-29T12:00:00.000Z' })
const page = (from: number, to: number): Versions => ({
  known: Array.from({ length: to - from + 1 }, (_, index) => version(from + index)),
  hasEarlier: from > 1,
})
const brief = (versions: Versions) => shownVersions(versions).map(({ text, before }) => `${before ?? '–'} → ${text}`)

describe('the versions of a message', () => {
  it('are shown with the text that each replaced, the newest first', () => {
    expect(brief(page(1, 3))).toEqual(['v2 → v3', 'v1 → v2', '– → v1'])
  })

  it('are not shown before it is known what they replaced', () => {
    expect(brief(page(4, 5))).toEqual(['v4 → v5'])
    expect(brief(withEarlier(page(4, 5), page(2, 3)))).toEqual(['v4 → v5', 'v3 → v4', 'v2 → v3'])
    expect(brief(withEarlier(page(2, 3), page(1, 1)))).toEqual(['v2 → v3', 'v1 → v2', '– → v1'])
  })

  it('are each there once, whichever pages overlap', () => {
    expect(withLater(page(1, 3), page(2, 5))).toEqual(page(1, 5))
    expect(withLater(page(1, 3), page(2, 3))).toEqual(page(1, 3))
    expect(withEarlier(page(3, 5), page(1, 4))).toEqual(page(1, 5))
    expect(withEarlier(withEarlier(page(3, 5), page(1, 2)), page(1, 2))).toEqual(page(1, 5))
    expect(withLater({ known: [], hasEarlier: false }, page(1, 2))).toEqual(page(1, 2))
  })
})
