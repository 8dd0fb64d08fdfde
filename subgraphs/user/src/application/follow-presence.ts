import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { type LiveSource, type LiveStream, LiveStreams } from '@parley/platform/live/live-stream'
import { Stops } from '@parley/platform/live/stops'
import { type Presence, presenceOf } from '../domain/presence'
import { tooManyPeople } from '../domain/policy'
import { Circle } from './circle'
import { Devices } from './devices'
import { PresenceRoster } from './presence-roster'

/** Of one stream, and of one query. */
export const maxFollowed = 200

export interface PresenceFrame {
  /** Those who changed since the previous frame. */
  readonly people: readonly Presence[]
  /** Those whom the viewer may not see, or not any more, since the previous frame. */
  readonly refused: readonly UserId[]
}

export interface PresenceRequest {
  readonly viewerId: UserId
  readonly userIds: readonly UserId[]
  /** Whether the viewer uses the device that asks; null when no device asks. */
  readonly isActive: boolean | null
  /** Seconds since the epoch; the stream does not outlive the token that opened it. */
  readonly expiresAt: number
}

/** A quiet stream: hints bring what changes. */
const heartbeatMs = 60_000
/** Changes closer together come in one frame. */
const pauseMs = 1_000
/** Who may see whom is asked again at a hint, and after this time in case that a hint was lost. */
const recheckMs = 300_000

/** Opens the live presence of some people. While it is open the viewer's own device counts as connected. */
@Injectable()
export class FollowPresence {
  constructor(
    private readonly circle: Circle,
    private readonly roster: PresenceRoster,
    private readonly devices: Devices,
    private readonly streams: LiveStreams,
  ) {}

  async open({ viewerId, userIds, isActive, expiresAt }: PresenceRequest): Promise<LiveStream<PresenceFrame>> {
    const asked = new Set(userIds)
    if (asked.size > maxFollowed) throw tooManyPeople(maxFollowed)
    const source = new PresenceSource(viewerId, asked, this.circle, this.roster)
    // The source asks for each person.
    const assertAllowed = () => Promise.resolve()
    return this.streams.begin(source, { heartbeatMs, expiresAt, pauseMs, assertAllowed }, () => {
      // Not waited for: Redis may be away.
      if (isActive !== null) source.stops.add(this.devices.connect(viewerId, isActive))
      return source.start()
    })
  }
}

class PresenceSource implements LiveSource<PresenceFrame> {
  readonly isOver = false
  readonly stops = new Stops()
  readonly #changed = new Set<UserId>()
  /** Null until it was asked. */
  #admitted: ReadonlySet<UserId> | null = null
  /** What was sent of each, to send nothing twice. */
  readonly #sent = new Map<UserId, string>()
  #checkedAt = -Infinity
  #wake: () => void = () => undefined

  constructor(
    private readonly viewerId: UserId,
    private readonly asked: ReadonlySet<UserId>,
    private readonly circle: Circle,
    private readonly roster: PresenceRoster,
  ) {}

  open(wake: () => void): void {
    this.#wake = wake
  }

  async start(): Promise<void> {
    // The viewer too: what they hide decides what they see.
    const watched = [...new Set([...this.asked, this.viewerId])].map((userId) => {
      const watching = this.roster.watch(userId, {
        changed: (id) => this.#change(id === this.viewerId ? this.asked : [id]),
        circleChanged: () => this.#recheck(),
      })
      this.stops.add(watching.stop)
      return watching.ready
    })
    await Promise.all(watched)
    this.#change(this.asked)
  }

  async take(): Promise<PresenceFrame | null> {
    const refused = await this.#refusedNow()
    const people = this.#presences()
    return people.length === 0 && refused.length === 0 ? null : { people, refused }
  }

  heartbeat(): Promise<PresenceFrame> {
    return Promise.resolve({ people: [], refused: [] })
  }

  close(): void {
    this.stops.close()
  }

  #change(ids: Iterable<UserId>): void {
    for (const id of ids) this.#changed.add(id)
    this.#wake()
  }

  #recheck(): void {
    this.#checkedAt = -Infinity
    this.#wake()
  }

  /** Those who were admitted and are not any more; at first all who are not. */
  async #refusedNow(): Promise<readonly UserId[]> {
    const now = performance.now()
    if (now - this.#checkedAt < recheckMs) return []
    // Set before it is asked: a hint meanwhile counts.
    this.#checkedAt = now
    const before = this.#admitted
    const circle = await this.circle.among(this.viewerId, [...this.asked])
    const admitted = new Set([...this.asked].filter((id) => id === this.viewerId || circle.has(id)))
    this.#admitted = admitted
    for (const id of admitted) if (before?.has(id) !== true) this.#changed.add(id)
    const refused = [...this.asked].filter((id) => !admitted.has(id) && before?.has(id) !== false)
    for (const id of refused) this.#sent.delete(id)
    return refused
  }

  #presences(): readonly Presence[] {
    const now = Date.now()
    const isHidden = this.roster.known(this.viewerId)?.settings.isHidden ?? true
    const ids = [...this.#changed].filter((id) => this.#admitted?.has(id))
    this.#changed.clear()
    return ids.flatMap((id) => {
      const known = this.roster.known(id)
      if (known === null) return []
      const presence = presenceOf(id, known, { viewerId: this.viewerId, isHidden }, now)
      const text = JSON.stringify(presence)
      if (this.#sent.get(id) === text) return []
      this.#sent.set(id, text)
      return presence
    })
  }
}
