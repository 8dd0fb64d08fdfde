/** A call from the bench to one of its processes, and the answer. */
export interface Call {
  readonly id: number
  readonly name: string
  readonly args: unknown
}

export interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

type Handler = (args: never) => unknown

/**
 * Serves the calls of the bench in one of its own processes; `ready` is what `Pinned.start` returns. The process ends
 * with the bench.
 */
export function serve(handlers: Readonly<Record<string, Handler>>, ready: unknown = null): void {
  process.on('message', ({ id, name, args }: Call) => {
    void answer(handlers[name], args).then((outcome) => process.send?.({ id, ...outcome }))
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ id: 0, result: ready } satisfies Answer)
}

async function answer(handler: Handler | undefined, args: unknown): Promise<Omit<Answer, 'id'>> {
  try {
    if (handler === undefined) throw new Error('There is no such call')
    return { result: await handler(args as never) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
