import { userErrorsOf } from '@parley/testing/client'
import type { Deed } from './deed.ts'
import type { Person, Room } from './person.ts'

const mutation = (field: string, input: string): string =>
  `mutation ($input: ${input}!) { ${field}(input: $input) { conversation { id } errors { code } } }`
const muting = mutation('muteConversation', 'MuteConversationInput')
const unmuting = mutation('unmuteConversation', 'UnmuteConversationInput')

/** Asked until it is answered. A request without an answer may be done late, as it has no client id. */
async function setMute(person: Person, room: Room, isMuted: boolean, forMs: number | null): Promise<void> {
  const { witness, id: viewer } = person
  const [since, asked] = [witness.now, performance.now()]
  const end = forMs === null ? {} : { until: new Date(Date.now() + forMs) }
  let attempts = 0
  const answer = await person.until('a conversation was muted or unmuted', () => {
    attempts += 1
    return person.ask<Record<string, unknown>>(isMuted ? muting : unmuting, {
      input: { conversationId: room.id, ...(isMuted ? end : {}) },
    })
  })
  const [payload = null] = Object.values(answer?.data ?? {})
  const isDone = payload !== null && userErrorsOf(payload).length === 0
  // Who was removed may not.
  if (!isDone && attempts === 1) return
  witness.history.record({
    op: 'muted',
    conversation: room.id,
    viewer,
    isMuted: isDone ? isMuted : null,
    until: forMs === null ? null : asked + forMs,
    isSure: isDone && attempts === 1,
    since,
    asked,
    answered: performance.now(),
  })
}

/** How long a frame may be on its way, over a process or an engine that hangs. */
const maxUnderwayMs = 30_000
const query = 'query ($id: ID!) { conversation(id: $id) { mute { isMuted revision } } }'

interface Told {
  readonly conversation: { readonly mute: MuteShown | null } | null
}

export interface MuteShown {
  readonly isMuted: boolean
  readonly revision: number
}

/** In a copy that is kept, as clients do: it ends by its time, without being told again. */
export interface MuteKept extends MuteShown {
  readonly until: string | null
}

export const isMutedNow = ({ isMuted, until }: MuteKept): boolean =>
  isMuted && (until === null || Date.parse(until) > Date.now())

/** As it was when the total beside it was counted; null when that may have been before it ended, or after. */
export function wasMuted(mute: MuteKept): boolean | null {
  const { isMuted, until } = mute
  const endedMs = until === null ? Infinity : Date.now() - Date.parse(until)
  return isMuted && endedMs >= 0 && endedMs < maxUnderwayMs ? null : isMutedNow(mute)
}

export async function readMute(person: Person, { id }: Room): Promise<void> {
  const [since, asked] = [person.witness.now, performance.now()]
  const answer = await person.ask<Told>(query, { id })
  const mute = answer?.data?.conversation?.mute ?? null
  if (mute !== null) person.witness.sawMute(mute, { viewer: person.id, conversation: id, since }, asked)
}

const mutes: Deed = {
  name: 'mute',
  share: 0.5,
  // Some end by themselves in the run.
  run: (person, room) =>
    setMute(person, room, true, person.random.chance(0.4) ? 1_000 + person.random.below(9_000) : null),
}

export const muteDeeds: readonly Deed[] = [
  mutes,
  { name: 'unmute', share: 0.4, run: (person, room) => setMute(person, room, false, null) },
  { name: 'read a mute', share: 0.5, run: readMute },
]
