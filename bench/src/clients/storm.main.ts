import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '../processes/child.ts'
import { Follower, subscribeMessage } from './follower.ts'
import type { Place } from './follower.ts'

export interface StormCrowd {
  readonly place: Place
  /** By turns. */
  readonly headers: readonly string[]
  readonly count: number
  readonly payload: { readonly variables: object }
}

export interface StormResult {
  /** From the cut until each has the event that it missed, ascending. */
  readonly milliseconds: readonly number[]
  /** Refusals and closings before that, by what was seen; each client tries again. */
  readonly refusals: Readonly<Record<string, number>>
  /** Operations that ended with an error. */
  readonly errors: readonly string[]
}

const isDelivery = Buffer.from('"events":[{')
const isError = Buffer.from('"type":"error"')
const atOnce = 64
const stormMs = 90_000

let crowd: StormCrowd
let followers: Follower[] = []
let cutAt = 0

function one(
  index: number,
  after: number,
  events: { ready: (hasEvent: boolean) => void; failed: (why: string) => void },
) {
  const { place, headers, payload } = crowd
  const subscribe = subscribeMessage({ ...payload, variables: { ...payload.variables, after } })
  followers[index] = new Follower(
    place,
    { headers: headers[index % headers.length] ?? '', subscribe },
    {
      message: (bytes) => {
        if (bytes.includes(isError)) events.failed(`error ${bytes.toString().slice(0, 200)}`)
        else events.ready(bytes.includes(isDelivery))
      },
      opened: (status) => {
        if (status !== 101) events.failed(`status ${status}`)
      },
      closed: (code) => events.failed(`closed ${code}`),
    },
  )
}

async function gather(asked: StormCrowd & { after: number }): Promise<void> {
  crowd = asked
  const places = Array.from({ length: asked.count }, (_, index) => index).values()
  const lane = async (): Promise<void> => {
    for (const index of places) {
      await new Promise<void>((resolve, reject) => {
        one(index, asked.after, { ready: () => resolve(), failed: (why) => reject(new Error(why)) })
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

function cut(): void {
  cutAt = performance.now()
  for (const follower of followers) follower.cut()
  followers = []
}

/** All at once. A client that is refused tries again after a moment, longer each time, as the web client does. */
async function comeBack({ after }: { after: number }): Promise<StormResult> {
  const milliseconds: number[] = []
  const refusals: Record<string, number> = {}
  const errors: string[] = []
  const deadline = cutAt + stormMs
  const attempt = (index: number): Promise<string | null> =>
    new Promise((resolve) => {
      one(index, after, { ready: (hasEvent) => hasEvent && resolve(null), failed: resolve })
    })
  const client = async (index: number): Promise<void> => {
    for (let tries = 1; performance.now() < deadline; tries += 1) {
      const why = await Promise.race([attempt(index), pause(deadline - performance.now(), 'late', { ref: false })])
      if (why === null) {
        milliseconds.push(performance.now() - cutAt)
        return
      }
      if (why.startsWith('error') && !why.includes('RATE_LIMITED') && !why.includes('UNAVAILABLE')) errors.push(why)
      refusals[why.slice(0, 60)] = (refusals[why.slice(0, 60)] ?? 0) + 1
      await pause(Math.min(3_000, 100 * 2 ** tries) * (0.5 + Math.random()))
    }
    errors.push('not live before the end')
  }
  await Promise.all(Array.from({ length: crowd.count }, (_, index) => client(index)))
  return { milliseconds: milliseconds.toSorted((a, b) => a - b), refusals, errors }
}

serve({ gather, cut, comeBack })
