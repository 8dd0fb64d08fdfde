import { Controller, Get, Header, Query } from '@nestjs/common'
import { type Revocations, Sessions } from '../application/sessions'
import { InjectUserEnv, type UserEnv } from '../env'

/** Clocks differ, and a revocation takes a moment from its time to its commit. */
const leewayMs = 5 * 60_000
const cursorPattern = /^\d{1,19}$/

/** For the gateways and every subgraph: which sessions are over although an access token of theirs may be good by its signature. */
@Controller('.well-known')
export class RevokedSessionsController {
  constructor(
    private readonly sessions: Sessions,
    @InjectUserEnv() private readonly env: Pick<UserEnv, 'ACCESS_TOKEN_SECONDS'>,
  ) {}

  /** `after` is the cursor of an earlier answer; one that is none means all. */
  @Get('revoked-sessions')
  @Header('cache-control', 'no-store')
  revoked(@Query('after') after?: unknown): Promise<Revocations> {
    const since = new Date(Date.now() - this.env.ACCESS_TOKEN_SECONDS * 1_000 - leewayMs)
    return this.sessions.revokedSince(since, typeof after === 'string' && cursorPattern.test(after) ? after : null)
  }
}
