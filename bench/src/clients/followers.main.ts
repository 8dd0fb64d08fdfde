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
let waiting: { readonly until: number; readonly done: () => void; readonly lose: (error: Error) => void } | null = null

function deliver(payload: Buffer): void {
  if (!payload.includes(isDelivery)) return
  if (sample === '') sample = payload.toString()
  delivered += 1
  if (waiting !== null && delivered >= waiting.until) {
    waiting.done()
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
          waiting?.lose(lost())
        },
      })
      followers.push(follower)
    })
  await Promise.all(Array.from({ length: atOnce }, lane))
  return followers.length
}

const lost = (): Error =>
  new Error(`${closings.length} of ${followers.length} followers were closed, the first with ${closings[0] ?? 0}`)

serve({
  connect,
  /** Resolves when so many deliveries have arrived since the followers connected; rejects when a follower is closed. */
  arrived: ({ until, withinMs }: { until: number; withinMs: number }): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        lose(new Error(`${until - delivered} deliveries are missing after ${withinMs} ms`))
      }, withinMs)
      const settle = (end: () => void): void => {
        clearTimeout(late)
        waiting = null
        end()
      }
      const lose = (error: Error): void => settle(() => reject(error))
      waiting = { until, done: () => settle(resolve), lose }
      if (delivered >= until) waiting.done()
      else if (closings.length > 0) lose(lost())
    }),
  /** The text of the first delivery. */
  sample: () => sample,
  /** The close codes of those that were closed. */
  closings: () => closings,
})
