/** The interface of `localStorage` on a map that a test can inspect. */
export const fakeStorage = (kept: Map<string, string>) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
})

/** A device with the storage `kept`. Without locks, as with plain http. */
export function fakeDevice(kept: Map<string, string>): void {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true })
  Object.defineProperty(globalThis, 'localStorage', { value: fakeStorage(kept), configurable: true })
}
