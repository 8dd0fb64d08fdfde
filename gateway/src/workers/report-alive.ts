const everyMs = 1_000

/** Tells the supervisor, if there is one, that this worker serves and that its event loop turns. */
export function reportAlive(): void {
  if (process.send === undefined) return
  process.send('alive')
  setInterval(() => process.send?.('alive'), everyMs).unref()
}
