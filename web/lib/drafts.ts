const prefix = (viewerId: string) => `parley:draft:${viewerId}:`

/** What was typed and not sent, per person and conversation, on this device. */
export function readDraft(viewerId: string, conversationId: string): string {
  return localStorage.getItem(prefix(viewerId) + conversationId) ?? ''
}

export function keepDraft(viewerId: string, conversationId: string, text: string): void {
  const key = prefix(viewerId) + conversationId
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // A full storage costs the draft its second home, not the person the text on the screen.
  }
}

/** Leaves nothing of a person behind on a shared device. */
export function clearDrafts(viewerId: string): void {
  const mine = Object.keys(localStorage).filter((key) => key.startsWith(prefix(viewerId)))
  for (const key of mine) localStorage.removeItem(key)
}
