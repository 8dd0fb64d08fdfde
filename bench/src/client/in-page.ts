/** What runs in the page. Nothing here may use anything from outside of its function. */

declare global {
  interface Window {
    bench: Watched
  }
}

export interface Watched {
  /** Milliseconds from the start of the navigation until it was drawn. */
  readonly drawn: Record<'list' | 'messages' | 'composer', number | null>
  /** The sum of all layout shifts that no input has caused. */
  shift: number
}

/** From the start of the page: when the parts are drawn for the first time, and how much moves. */
export function watchOpening(): void {
  const watched: Watched = { drawn: { list: null, messages: null, composer: null }, shift: 0 }
  window.bench = watched
  const isVisible = (element: Element | null) => element?.checkVisibility({ visibilityProperty: true }) === true
  const seen: Record<keyof Watched['drawn'], () => boolean> = {
    list: () => isVisible(document.querySelector('nav[aria-label="Conversations"] a')),
    messages: () => isVisible(document.querySelector('[role=log] article')),
    composer: () => {
      const field = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Message"]')
      return isVisible(field) && field?.disabled === false
    },
  }
  const left = new Set(Object.keys(seen) as (keyof Watched['drawn'])[])
  const look = () => {
    for (const part of left) {
      if (!seen[part]()) continue
      left.delete(part)
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => (watched.drawn[part] = performance.now())
        port2.postMessage(null)
      })
    }
    if (left.size > 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
      if (!entry.hadRecentInput) watched.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
}

interface Way {
  readonly path: string
  readonly title: string
  /** The last message of the conversation. */
  readonly messageId: string
}

/** The milliseconds from a click on a conversation until the frame is drawn that shows its name and last message. */
export async function switchTo({ path, title, messageId }: Way): Promise<number> {
  const link = document.querySelector<HTMLElement>(`nav[aria-label="Conversations"] a[href="${path}"]`)
  if (link === null) throw new Error(`There is no link to ${path}`)
  const isShown = () =>
    [...document.querySelectorAll('h1')].some(({ textContent }) => textContent.includes(title)) &&
    document
      .querySelector(`[role=log] article[data-message="${messageId}"]`)
      ?.checkVisibility({ visibilityProperty: true }) === true
  const from = performance.now()
  link.click()
  for (;;) {
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      })
    })
    if (isShown()) return performance.now() - from
    if (performance.now() - from > 20_000) throw new Error(`${title} does not appear`)
  }
}

/** From now on the milliseconds from each key until the next frame is drawn are kept in the result. */
export function watchKeys(): void {
  const waits: number[] = []
  Object.assign(window, { waits })
  document.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => waits.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    },
    { capture: true },
  )
}

/** Scrolls up to the beginning, as somebody does who drags; resolves with the milliseconds. */
export async function scrollToBeginning(patience: number): Promise<number> {
  const log = document.querySelector('[role=log]')
  if (log === null) throw new Error('There is no list of messages')
  const from = performance.now()
  const isThere = () => log.scrollTop <= 1 && log.textContent.includes('This is where the conversation begins.')
  while (!isThere()) {
    if (performance.now() - from > patience) throw new Error(`Not at the beginning: ${log.scrollTop} px to go`)
    log.scrollTop = Math.max(0, log.scrollTop - 1_200)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  return performance.now() - from
}
