import type { UserId } from '@parley/kernel/ids'
import { channel } from '@parley/platform/redis/channels'

const changes = ['devices', 'settings', 'circle'] as const

/** What to read again about a person: their devices, what they have set, or who may see them. */
export type PresenceChange = (typeof changes)[number]

const isChange = (payload: unknown): payload is PresenceChange => (changes as readonly unknown[]).includes(payload)

/** Hints between the processes of this subgraph, best effort: a lost one is made good within minutes. */
export const presenceChanged = channel<UserId, PresenceChange>('presence', isChange)
