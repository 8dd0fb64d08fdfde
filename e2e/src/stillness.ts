import type { Page } from 'playwright-core'

export interface Stillness {
  /** The sum of all layout shifts that no input has caused. */
  readonly shift: number
  /** Pixels: how far the anchor was from its place at most. */
  readonly away: number
  /** Pixels: all its movements together. */
  readonly moved: number
  readonly frames: number
  /** The elements that shifted, each with how much was shifted with it; the largest first. */
  readonly shifted: readonly string[]
}

/** As Chromium tells of it; TypeScript does not know it yet. */
interface LayoutShift {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly sources: readonly { readonly node: Node | null }[]
}

/** What has to stay where it is: the first whole message on the screen, or the end of the list. */
type Anchor = 'first' | 'end'

/** Watches the list of messages in every frame from now on. Resolves with the id of the first message on the screen. */
export const watchStillness = (page: Page, anchor: Anchor): Promise<string> => page.evaluate(watch, anchor)

/** What was seen since, and the end of the watch. */
export const stillnessOf = (page: Page): Promise<Stillness> =>
  page.evaluate(() => (window as unknown as { still: () => Promise<Stillness> }).still())

function watch(anchor: Anchor): string {
  const root = document.querySelector('[role=log]')
  if (root === null) throw new Error('There is no list of messages')
  const { top } = root.getBoundingClientRect()
  const shown = [...root.querySelectorAll<HTMLElement>('article[data-message]')]
  const id = shown.find((article) => article.getBoundingClientRect().top >= top)?.dataset['message'] ?? ''
  // At the end nothing is as still as the end itself.
  const find = () => (anchor === 'end' ? root.lastElementChild : root.querySelector(`article[data-message="${id}"]`))
  const nowhere = 100_000
  const seen: number[] = []
  let [shift, isOver] = [0, false]
  // An observer tells where a thing is when the frame is drawn: before it, what has grown is not laid out again yet.
  const look = () => {
    const element = find()
    // What is not in the document any more is nowhere to be seen.
    if (element === null) seen.push(nowhere)
    else {
      const observer = new IntersectionObserver(
        ([entry]) => {
          observer.disconnect()
          if (entry !== undefined) seen.push(entry.boundingClientRect[anchor === 'end' ? 'bottom' : 'top'])
        },
        { root },
      )
      observer.observe(element)
    }
    if (!isOver) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  const shifted = new Map<string, number>()
  const nameOf = (node: Node | null): string => {
    const element = node instanceof Element ? node : (node?.parentElement ?? null)
    const place = element?.closest('[data-message], [aria-label]')?.getAttribute('aria-label') ?? ''
    return `${element?.tagName.toLowerCase() ?? 'removed'} in "${place}": ${node?.textContent?.slice(0, 30) ?? ''}`
  }
  const shifts = new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as unknown as LayoutShift[]) {
      if (hadRecentInput) continue
      shift += value
      for (const { node } of sources) shifted.set(nameOf(node), (shifted.get(nameOf(node)) ?? 0) + value)
    }
  })
  shifts.observe({ type: 'layout-shift' })
  const still = async (): Promise<Stillness> => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    isOver = true
    shifts.disconnect()
    const [home = NaN, ...others] = seen
    const away = Math.max(...others.map((place) => Math.abs(place - home)))
    const moved = seen.reduce((sum, place, index) => sum + Math.abs(place - (seen[index - 1] ?? place)), 0)
    const largest = [...shifted].toSorted(([, one], [, other]) => other - one)
    return { shift, away, moved, frames: seen.length, shifted: largest.map(([name, by]) => `${by.toFixed(4)} ${name}`) }
  }
  Object.assign(window, { still })
  return id
}
