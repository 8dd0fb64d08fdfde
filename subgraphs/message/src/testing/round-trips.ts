/** Counts the round trips that a reader waits for, one after the other. */
export class RoundTrips {
  waited = 0

  /** As if each call went over a network: it is answered with the others of its round trip. */
  to<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        return async (...args: unknown[]) => {
          const mine = this.waited + 1
          await new Promise((answer) => setTimeout(answer, 1))
          this.waited = Math.max(this.waited, mine)
          return (method as (...args: unknown[]) => unknown).apply(target, args)
        }
      },
    })
  }
}
