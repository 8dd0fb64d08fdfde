import type { Page } from 'playwright-core'

export interface Stillness {
  /** The sum of all layout shifts that no input has caused. */
  readonly shift: number
  /** Pixels: how far the anchor was from its place at most. */
  readonly away: number
  /** Pixels: all its movements together. */
  readonly moved: number
  readonly frames: number
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
  const shifts = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
      if (!entry.hadRecentInput) shift += entry.value
  })
  shifts.observe({ type: 'layout-shift' })
  const still = async (): Promise<Stillness> => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    isOver = true
    shifts.disconnect()
    const [home = NaN, ...others] = seen
    const away = Math.max(...others.map((place) => Math.abs(place - home)))
    const moved = seen.reduce((sum, place, index) => sum + Math.abs(place - (seen[index - 1] ?? place)), 0)
    return { shift, away, moved, frames: seen.length }
  }
  Object.assign(window, { still })
  return id
}
