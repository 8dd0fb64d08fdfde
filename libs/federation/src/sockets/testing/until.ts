/** Waits for what a peer in this process does. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not happen within 5 s')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
