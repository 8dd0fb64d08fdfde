import { Store } from '../store'

/** Without input for this long a device is idle. */
export const idleMs = 300_000
/** A window that is hidden for longer is idle; shorter looks elsewhere would only come and go. */
export const hiddenMs = 10_000

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const

/** Whether the person uses this device: the window is visible, and there was input within five minutes. */
export class Activity extends Store<boolean> {
  #inputAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: () => void = () => undefined

  constructor() {
    super(true)
  }

  start(): () => void {
    const onInput = () => {
      this.#inputAt = Date.now()
      if (!this.get() && document.visibilityState === 'visible') this.#begin()
    }
    const onVisibility = () => {
      if (document.visibilityState === 'visible') onInput()
      else this.#endIn(hiddenMs)
    }
    for (const input of inputs) window.addEventListener(input, onInput, { passive: true, capture: true })
    document.addEventListener('visibilitychange', onVisibility)
    this.#stop = () => {
      clearTimeout(this.#timer)
      for (const input of inputs) window.removeEventListener(input, onInput, { capture: true })
      document.removeEventListener('visibilitychange', onVisibility)
    }
    this.#inputAt = Date.now()
    this.#begin()
    onVisibility()
    return () => this.#stop()
  }

  #begin(): void {
    this.#endIn(idleMs)
    this.set(true)
  }

  /** Input only notes its time: the timer looks at it when it is due. */
  #endIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const isVisible = document.visibilityState === 'visible'
      const leftMs = this.#inputAt + idleMs - Date.now()
      if (isVisible && leftMs > 0) this.#endIn(leftMs)
      else this.set(false)
    }, ms)
  }
}

export const activity = new Activity()
