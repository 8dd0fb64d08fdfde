import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { BadgeHints } from './badge-hints'
import { BadgeStream } from './badge-stream'
import { Notifications } from './notifications'

const listenMs = 1_000
const pauseMs = 100
const recountMs = 15_000

export interface FollowBadgeRequest {
  readonly userId: UserId
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** Opens somebody's badge as a stream, and closes what is open when the service stops. */
@Injectable()
export class FollowBadge implements OnModuleDestroy {
  readonly #logger = new Logger(FollowBadge.name)
  readonly #open = new Set<BadgeStream>()

  constructor(
    private readonly notifications: Notifications,
    private readonly hints: BadgeHints,
  ) {}

  open({ userId, expiresAt }: FollowBadgeRequest): BadgeStream {
    const stream: BadgeStream = new BadgeStream({
      listen: (onChange) =>
        this.hints.subscribe(userId, onChange).catch((error: unknown) => {
          this.#logger.warn({ err: error }, 'No hints for now; the re-count carries the badge')
          throw error
        }),
      listenMs,
      countUnread: () => this.notifications.countUnread(userId),
      expiresAt: expiresAt * 1_000,
      pauseMs,
      recountMs,
      onClose: () => this.#open.delete(stream),
    })
    this.#open.add(stream)
    return stream
  }

  async onModuleDestroy(): Promise<void> {
    for (const stream of [...this.#open]) await stream.return()
  }
}
