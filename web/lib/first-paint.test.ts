import { runInNewContext } from 'node:vm'
import { fakeStorage } from '../testing/fake-storage'
import { firstPaint, frameColours } from './first-paint'

/** What the script makes of a page on a device that keeps this. */
function paint(storage: object) {
  const metas: Record<string, string>[] = []
  const documentElement = { dataset: {} as Record<string, string> }
  const document = {
    documentElement,
    head: { prepend: (meta: Record<string, string>) => metas.push(meta) },
    createElement: () => ({}),
  }
  runInNewContext(firstPaint, { document, localStorage: storage })
  return { ...documentElement.dataset, metas }
}
const kept = (entries: Record<string, string>) => fakeStorage(new Map(Object.entries(entries)))

describe('what is shown first', () => {
  it('is left to the system when nothing was chosen', () => {
    expect(paint(kept({}))).toEqual({ metas: [] })
  })

  it.each(['light', 'dark'] as const)('is %s when that was chosen, also around the page', (theme) => {
    expect(paint(kept({ 'parley:theme': theme }))).toEqual({
      theme,
      metas: [{ name: 'theme-color', content: frameColours[theme] }],
    })
  })

  it('is large when that was chosen', () => {
    expect(paint(kept({ 'parley:text-size': 'larger' }))).toEqual({ textSize: 'larger', metas: [] })
  })

  it.each(['system', 'pink', '__proto__', '"><script>'])('is what the system wants when the device has %j', (text) => {
    expect(paint(kept({ 'parley:theme': text, 'parley:text-size': text }))).toEqual({ metas: [] })
  })

  it('is shown where storage is refused', () => {
    const getItem = () => {
      throw new Error('SecurityError')
    }
    expect(paint({ getItem })).toEqual({ metas: [] })
  })
})
