const prefix = 'parley-attends:'

/**
 * Says to all tabs that the viewer looks at this conversation for as long as they do. It is a lock, which the browser
 * releases also when the tab crashes. Returns how to stop.
 */
export function attend(conversationId: string): () => void {
  let release: (() => void) | null = null
  const look = () => {
    const looks = document.visibilityState === 'visible' && document.hasFocus()
    if (looks === (release !== null)) return
    if (release === null) {
      const held = new Promise<void>((resolve) => (release = resolve))
      void navigator.locks.request(prefix + conversationId, { mode: 'shared' }, () => held)
    } else {
      release()
      release = null
    }
  }
  look()
  document.addEventListener('visibilitychange', look)
  window.addEventListener('focus', look)
  window.addEventListener('blur', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('focus', look)
    window.removeEventListener('blur', look)
    release?.()
  }
}

/** The conversations that the viewer looks at, in all tabs. */
export async function attended(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query()
  const names = held.map(({ name }) => name ?? '').filter((name) => name.startsWith(prefix))
  return new Set(names.map((name) => name.slice(prefix.length)))
}
