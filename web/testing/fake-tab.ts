interface Entry {
  readonly address: string
  readonly state: unknown
}

/** A tab with a history, and a router that has put functions of its own into it, as Next does. */
export function fakeTab(address: string) {
  let entries: Entry[] = [{ address, state: null }]
  let at = 0
  let onPopState: (event: { stopImmediatePropagation: () => void }) => void = () => undefined
  /** What the router has heard. */
  const heard: string[] = []

  function go(steps: number): void {
    at += steps
    const event = { isStopped: false, stopImmediatePropagation: () => void (event.isStopped = true) }
    onPopState(event)
    if (!event.isStopped) heard.push('popstate')
  }

  class FakeHistory {
    get state(): unknown {
      return entries[at]?.state
    }

    pushState(state: unknown, _title: string, next: string): void {
      entries = [...entries.slice(0, at + 1), { address: next, state }]
      at += 1
    }

    replaceState(state: unknown, _title: string, next: string): void {
      entries[at] = { address: next, state }
    }

    back(): void {
      go(-1)
    }
  }

  const routers = { pushState: () => heard.push('push'), replaceState: () => heard.push('replace') }
  const window = {
    history: Object.assign(new FakeHistory(), routers),
    get location() {
      return new URL(entries[at]?.address ?? '', 'https://chat.example')
    },
    addEventListener: (_type: string, listener: typeof onPopState) => void (onPopState = listener),
  }
  Object.assign(globalThis, { window, History: FakeHistory })
  return {
    heard,
    addresses: (): readonly string[] => entries.map((entry) => entry.address),
    state: (): unknown => entries[at]?.state,
    go,
  }
}
