/**
 * A text under a key of this device, which other tabs may change. A device that is full keeps nothing: then it stays on
 * the screen.
 */
export class DeviceText {
  /** The device has taken what was written last. */
  #isTaken = true

  constructor(private readonly key: string) {}

  read(): string | null {
    return localStorage.getItem(this.key)
  }

  write(text: string | null): void {
    try {
      if (text === null) localStorage.removeItem(this.key)
      else localStorage.setItem(this.key, text)
      this.#isTaken = true
    } catch {
      this.#isTaken = false
    }
  }

  /** What other tabs have made of it; undefined while the device has not taken what was written here. */
  reread(): string | null | undefined {
    return this.#isTaken ? this.read() : undefined
  }

  /** Tells when another tab has changed it; returns how to stop. */
  follow(changed: () => void): () => void {
    const heard = ({ key }: StorageEvent) => {
      if (key === this.key || key === null) changed()
    }
    window.addEventListener('storage', heard)
    return () => window.removeEventListener('storage', heard)
  }
}
