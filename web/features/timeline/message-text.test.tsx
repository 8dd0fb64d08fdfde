import { renderToStaticMarkup } from 'react-dom/server'
import { linkify } from '../../lib/linkify'
import { adversarialTexts } from '../../testing/adversarial-texts'
import { MessageText } from './message-text'
import { lengthOf, trimmed } from './model/message-text'

/** One frame of a reader's screen. */
const frameMs = 16

/** The best of some runs: a busy machine makes a run longer, never shorter. */
function bestOf(runs: number, work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: runs }, () => {
      const started = performance.now()
      work()
      return performance.now() - started
    }),
  )
}

describe('what others wrote', () => {
  it('is looked at in fifty forms, each as long as a message may be', () => {
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
