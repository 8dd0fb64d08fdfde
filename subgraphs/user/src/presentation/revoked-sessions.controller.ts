import { Controller, Get, Header, Query } from '@nestjs/common'
import { type Revocations, Sessions } from '../application/sessions'
import { InjectUserEnv, type UserEnv } from '../env'

/** Clocks differ, and a revocation commits a moment after its time. */
const leewayMs = 5 * 60_000
const cursorPattern = /^\d{1,19}$/

/** For the gateways and every subgraph: revoked sessions whose access tokens may not have expired. */
@Controller('.well-known')
export class RevokedSessionsController {
  constructor(
    private readonly sessions: Sessions,
    @InjectUserEnv() private readonly env: Pick<UserEnv, 'ACCESS_TOKEN_SECONDS'>,
  ) {}

  /** `after` is the cursor of an earlier answer; an invalid one means all. */
  @Get('revoked-sessions')
  @Header('cache-control', 'no-store')
  revoked(@Query('after') after?: unknown): Promise<Revocations> {
    const since = new Date(Date.now() - this.env.ACCESS_TOKEN_SECONDS * 1_000 - leewayMs)
    return this.sessions.revokedSince(since, typeof after === 'string' && cursorPattern.test(after) ? after : null)
  }
}
