import { renderToStaticMarkup } from 'react-dom/server'
import { linkify } from '../../lib/linkify'
import { adversarialTexts } from '../../testing/adversarial-texts'
import { MessageText } from './message-text'
import { lengthOf, trimmed } from './model/message-text'

/** One frame of the screen. */
const frameMs = 16

/** The fastest of several runs: a busy machine makes a run longer, never shorter. */
function bestOf(runs: number, work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const started = performance.now()
      work()
      return performance.now() - started
    }),
  )
}

describe('the text of a message', () => {
  it('renders fifty adversarial texts of the longest length in time', () => {
    expect(new Set(adversarialTexts).size).toBe(50)
    expect(adversarialTexts.every((text) => text.length === 8_000)).toBe(true)
  })

  it.each(adversarialTexts.map((text) => [JSON.stringify(text.slice(0, 16)), text] as const))(
    'is read within a frame: %s…',
    (_begin, text) => {
      expect(bestOf(5, () => [linkify(text), trimmed(text), lengthOf(text)])).toBeLessThan(frameMs)
    },
  )

  it.each(adversarialTexts.map((text) => [JSON.stringify(text.slice(0, 16)), text] as const))(
    'is rendered within a frame: %s…',
    (_begin, text) => {
      expect(
        bestOf(5, () => renderToStaticMarkup(<MessageText text={text} editedAt={null} faded={false} />)),
      ).toBeLessThan(frameMs)
    },
  )
})
