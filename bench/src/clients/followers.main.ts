import { serve } from '../processes/child.ts'
import { Follower } from './follower.ts'
import type { Place } from './follower.ts'

/** Many followers in one process, which count what arrives; see `Followers`. */
export interface Connecting {
  readonly place: Place
  /** A header for each follower, such as its cookie; as many followers as headers. */
  readonly headers: readonly string[]
  /** By turns. */
  readonly subscribe?: readonly string[]
  /** A follower is ready when its socket is open, or when its first message has come. */
  readonly readyOn: 'open' | 'message'
}

/** Only messages with this text are deliveries: a stream has heartbeats too. */
const isDelivery = Buffer.from('"events":[{')
/** How many may be between connecting and ready. */
const atOnce = 64

const followers: Follower[] = []
let delivered = 0
let sample = ''
const closings: number[] = []
let waiting: { readonly until: number; readonly done: () => void } | null = null

function deliver(payload: Buffer): void {
  if (!payload.includes(isDelivery)) return
  if (sample === '') sample = payload.toString()
  delivered += 1
  if (waiting !== null && delivered >= waiting.until) {
    waiting.done()
    waiting = null
  }
}

async function connect({ place, headers, subscribe, readyOn }: Connecting): Promise<number> {
  const queue = headers.entries()
  const lane = async (): Promise<void> => {
    for (const [index, header] of queue) await one(header, subscribe?.[index % subscribe.length])
  }
  const one = (header: string, message: string | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const introduction = { headers: header, ...(message === undefined ? {} : { subscribe: message }) }
      const follower = new Follower(place, introduction, {
        message: (payload) => {
          if (payload.includes('"type":"error"')) reject(new Error(payload.toString()))
          deliver(payload)
          resolve()
        },
        opened: (status) => {
          if (status !== 101) reject(new Error(`The upgrade was answered with ${status}`))
          else if (readyOn === 'open') resolve()
        },
        closed: (code) => {
          closings.push(code)
          reject(new Error(`Closed with ${code}`))
        },
      })
      followers.push(follower)
    })
  await Promise.all(Array.from({ length: atOnce }, lane))
  return followers.length
}

serve({
  connect,
  /** Resolves when so many deliveries have arrived since the followers connected. */
  arrived: ({ until, withinMs }: { until: number; withinMs: number }): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        const closed = `${closings.length} were closed${closings.length === 0 ? '' : `, the first with ${closings[0] ?? 0}`}`
        reject(new Error(`${until - delivered} deliveries are missing after ${withinMs} ms; ${closed}`))
      }, withinMs)
      const done = () => {
        clearTimeout(late)
        resolve()
      }
      if (delivered >= until) done()
      else waiting = { until, done }
    }),
  /** The text of the first delivery. */
  sample: () => sample,
  /** The close codes of those that were closed. */
  closings: () => closings,
})
