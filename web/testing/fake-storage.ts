/** What `localStorage` does, over a map that a test can look into. */
export const fakeStorage = (kept: Map<string, string>) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
})

/** A device that keeps `kept`. Without locks, as by plain http. */
export function fakeDevice(kept: Map<string, string>): void {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true })
  Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage(kept), configurable: true })
}
