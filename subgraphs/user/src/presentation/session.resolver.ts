import { type Command, CommandBus } from '@nestjs/cqrs'
import { Args, Directive, Mutation, Resolver } from '@nestjs/graphql'
import type { UserId } from '@parley/kernel/ids'
import { type HttpExchange, MaybeSignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload } from '@parley/platform/graphql/mutation-payload'
import { v7 } from 'uuid'
import { LogIn } from '../application/log-in'
import { LogOut } from '../application/log-out'
import { RefreshSession } from '../application/refresh-session'
import { Register } from '../application/register'
import type { GrantedSession } from '../application/session-grants'
import { clientAddress } from './client-address'
import { Http } from './http'
import { deviceCookieIn, refreshTokenIn, SessionCookies } from './session-cookies'
import {
  LogInInput,
  LogInPayload,
  LogOutPayload,
  RefreshSessionPayload,
  RegisterInput,
  RegisterPayload,
} from './session.types'
import { sessionView } from './views'

/** Sessions by cookie are for the web client: bots have no use for them. */
const Internal = () => Directive('@tag(name: "internal")')

@Resolver()
export class SessionResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly cookies: SessionCookies,
  ) {}

  @Internal()
  @Mutation(() => RegisterPayload, { nullable: true, description: 'Creates an account and signs in to it.' })
  register(
    @Http() http: HttpExchange,
    @Args('input', { description: 'The new account.' }) input: RegisterInput,
  ): Promise<RegisterPayload> {
    const origin = { userId: v7() as UserId, address: clientAddress(http.request), at: new Date() }
    return this.#session(http, new Register(input, origin))
  }

  @Internal()
  @Mutation(() => LogInPayload, { nullable: true, description: 'Opens a session on this device.' })
  logIn(
    @Http() http: HttpExchange,
    @Args('input', { description: 'The username and password.' }) input: LogInInput,
  ): Promise<LogInPayload> {
    const { request } = http
    const origin = { address: clientAddress(request), deviceCookie: deviceCookieIn(request), at: new Date() }
    return this.#session(http, new LogIn(input, origin))
  }

  @Internal()
  @Mutation(() => RefreshSessionPayload, {
    nullable: true,
    description: 'Refreshes the session of the refresh cookie; UNAUTHENTICATED when that is no longer valid.',
  })
  refreshSession(@Http() http: HttpExchange): Promise<RefreshSessionPayload> {
    return this.#session(http, new RefreshSession(refreshTokenIn(http.request), new Date()))
  }

  @Internal()
  @Mutation(() => LogOutPayload, {
    nullable: true,
    description: 'Ends the session on this device, with its open streams.',
  })
  logOut(@Http() { request, reply }: HttpExchange, @MaybeSignedIn() viewer: Viewer | null): Promise<LogOutPayload> {
    return mutationPayload(async () => {
      await this.commands.execute(new LogOut(viewer?.sessionId ?? null, refreshTokenIn(request), new Date()))
      this.cookies.clear(reply)
      return { ok: true }
    })
  }

  #session(http: HttpExchange, command: Command<GrantedSession>): Promise<RegisterPayload> {
    return mutationPayload(async () => sessionView(this.cookies.keep(http, await this.commands.execute(command))))
  }
}
