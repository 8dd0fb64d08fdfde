import type { Page } from 'playwright-core'

interface Rung {
  readonly title: string
  readonly body: string
  readonly silent: boolean
  readonly isClosed: boolean
}

declare global {
  interface Window {
    rung: (Rung & { readonly itself: EventTarget })[]
    focusOn: (hasFocus: boolean) => void
    cut: (isCut: boolean) => void
    asked: string[]
  }
}

/**
 * In a page: its notifications, which a browser without a window allows nobody, its focus, which every page of a test has
 * otherwise, and its sockets.
 */
export function control(): void {
  const rung: Window['rung'] = []
  const sockets: WebSocket[] = []
  const state = { hasFocus: true, isCut: false }
  class Recorded extends EventTarget {
    static readonly permission = 'granted'
    onclick: ((event: Event) => void) | null = null
    onclose: ((event: Event) => void) | null = null
    readonly #own: { title: string; body: string; silent: boolean; isClosed: boolean; itself: EventTarget }

    constructor(title: string, options: NotificationOptions = {}) {
      super()
      this.#own = { title, body: options.body ?? '', silent: options.silent === true, isClosed: false, itself: this }
      rung.push(this.#own)
      this.addEventListener('click', (event) => this.onclick?.(event))
      this.addEventListener('close', (event) => this.onclose?.(event))
    }

    close(): void {
      this.#own.isClosed = true
      this.dispatchEvent(new Event('close'))
    }
  }
  const UsualSocket = window.WebSocket
  window.WebSocket = class extends UsualSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      // Nobody answers there.
      super(state.isCut ? `${String(url)}-cut` : url, protocols)
      sockets.push(this)
    }
  }
  document.hasFocus = () => state.hasFocus
  Object.assign(window, {
    Notification: Recorded,
    rung,
    focusOn: (hasFocus: boolean) => {
      state.hasFocus = hasFocus
      window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'))
    },
    cut: (isCut: boolean) => {
      state.isCut = isCut
      if (isCut) for (const socket of sockets.splice(0)) socket.close()
    },
  })
}

export const call = (page: Page, name: 'focusOn' | 'cut', value: boolean): Promise<void> =>
  page.evaluate(([key, given]) => window[key](given), [name, value] as const)
export const rungIn = (page: Page): Promise<readonly Rung[]> =>
  page.evaluate(() =>
    window.rung.map(({ title, body, silent, isClosed }) => ({
      title,
      body,
      silent,
      isClosed,
    })),
  )
export const textsIn = async (page: Page) => (await rungIn(page)).map(({ title, body }) => `${title} | ${body}`)
/** Resolves when there is one with this text. */
export const rings = (page: Page, body: string): Promise<unknown> =>
  page.waitForFunction((wanted) => window.rung.some((one) => one.body === wanted), body)
export const isTakenBack = (page: Page, body: string): Promise<unknown> =>
  page.waitForFunction((wanted) => window.rung.some((one) => one.body === wanted && one.isClosed), body)

/** Resolves when a page that is opened now has the first of its inbox: what was there before rings nobody. */
export async function hearsOfNews(page: Page): Promise<void> {
  const socket = await page.waitForEvent('websocket')
  await socket.waitForEvent('framereceived', ({ payload }) => String(payload).includes('"inbox":'))
}
