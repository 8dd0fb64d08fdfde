/** Waits until the browser has nothing else to do, and this long at least; not much longer. */
export async function whenIdle(atLeastMs = 0): Promise<void> {
  if (atLeastMs > 0) await new Promise((resolve) => setTimeout(resolve, atLeastMs))
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'function')
    await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 1_000 }))
}
