const patienceMs = 2_000

/** The status of a response; 0 when there was none. */
export async function fetchStatus(url: string): Promise<number> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}

interface Look {
  readonly asked: number
  readonly answered: number
  readonly ok: boolean
}

/** Requests the sign-in page ten times a second, like a user who reloads. */
export class PageWatch {
  readonly looks: Look[] = []
  readonly #url: string
  #timer: NodeJS.Timeout | undefined

  constructor(url: string) {
    this.#url = `${url}/login`
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), 100)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    const asked = performance.now()
    const status = await fetchStatus(this.#url)
    this.looks.push({ asked, answered: performance.now(), ok: status === 200 })
  }
}
