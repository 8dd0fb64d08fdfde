import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '../processes/child.ts'
import { Follower } from './follower.ts'
import type { Place } from './follower.ts'
import { placesIn, textOf } from './marks.ts'
import type { Marks } from './marks.ts'
import { sendMessage } from './send-message.ts'
import { TinodeCrowd } from './tinode-crowd.ts'

/** How a message is sent: by a mutation over HTTP, as the web client does, or as a text on a socket. */
export interface Chat {
  readonly place: Place
  readonly count: number
  /** By turns. */
  readonly headers: readonly string[]
  readonly subscribe?: string
  readonly by:
    | {
        readonly kind: 'mutation'
        readonly conversationId: string
        readonly cookies: readonly string[]
        readonly origin: string
      }
    | { readonly kind: 'socket' }
    | { readonly kind: 'tinode' }
}

export interface Waits {
  /** Milliseconds from the send to each delivery, ascending. */
  readonly milliseconds: readonly number[]
  readonly missing: number
}

const lateMs = 30_000
/** When each message was sent, by its number. */
const sentAt = new Map<number, number>()
let sent = 0
let chat: Chat
let followers: Follower[] = []
let tinode: TinodeCrowd | null = null
let waits: number[] = []

function receive(payload: Buffer): void {
  const now = performance.now()
  for (const number of placesIn(payload)) {
    const at = sentAt.get(number)
    if (at !== undefined) waits.push(now - at)
  }
}

async function join(asked: Chat): Promise<void> {
  chat = asked
  if (asked.by.kind === 'tinode') {
    tinode = await TinodeCrowd.join(asked.place, asked.count, receive)
    return
  }
  const isReadyOnOpen = asked.subscribe === undefined
  for (let index = 0; index < asked.count; index += 1) {
    await new Promise<void>((resolve, reject) => {
      const header = asked.headers[index % asked.headers.length] ?? ''
      const follower = new Follower(
        asked.place,
        { headers: header, ...(asked.subscribe === undefined ? {} : { subscribe: asked.subscribe }) },
        {
          message: (payload) => {
            if (payload.includes('"type":"error"')) reject(new Error(payload.toString()))
            receive(payload)
            resolve()
          },
          opened: (status) => {
            if (status !== 101) reject(new Error(`The upgrade was answered with ${status}`))
            else if (isReadyOnOpen) resolve()
          },
          closed: (code) => reject(new Error(`Closed with ${code}`)),
        },
      )
      followers = [...followers, follower]
    })
  }
}

async function send(): Promise<void> {
  const number = (sent += 1)
  sentAt.set(number, performance.now())
  const text = textOf(number)
  const { by } = chat
  if (by.kind === 'tinode') tinode?.send(text)
  else if (by.kind === 'socket') followers[number % followers.length]?.send(JSON.stringify({ text }))
  else {
    const cookie = by.cookies[number % by.cookies.length] ?? ''
    const { conversationId, origin } = by
    await sendMessage({ port: chat.place.port, origin, cookie, conversationId, text, lateMs })
  }
}

/** Sends at a steady rate, whether or not the last ones have arrived, and waits for all deliveries. */
async function run({ perSecond, windowMs }: Marks): Promise<Waits> {
  waits = []
  sentAt.clear()
  const messages = Math.max(1, Math.round((perSecond * windowMs) / 1_000))
  const started = performance.now()
  const sends: Promise<void>[] = []
  for (let index = 0; index < messages; index += 1) {
    await pause(Math.max(0, started + (index * 1_000) / perSecond - performance.now()))
    sends.push(send())
  }
  await Promise.all(sends)
  const expected = messages * chat.count
  const deadline = performance.now() + lateMs
  while (waits.length < expected && performance.now() < deadline) await pause(10)
  return { milliseconds: waits.toSorted((a, b) => a - b), missing: expected - waits.length }
}

serve({ join, run })
