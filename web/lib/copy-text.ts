/** Resolves with whether the clipboard has the text: a browser may refuse it, and does so on an unencrypted origin. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
