import { CommandBus } from '@nestjs/cqrs'
import { Args, Mutation, Resolver } from '@nestjs/graphql'
import type { UserId } from '@parley/kernel/ids'
import { type HttpExchange, MaybeSignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { v7 } from 'uuid'
import { LogIn } from '../application/log-in'
import { LogOut } from '../application/log-out'
import { RefreshSession } from '../application/refresh-session'
import { Register } from '../application/register'
import { clientAddress } from './client-address'
import { Http } from './http'
import { deviceCookieIn, refreshTokenIn, SessionCookies } from './session-cookies'
import {
  LogInInput,
  LogInResultUnion,
  type LogInResultView,
  LogOutPayload,
  RefreshSessionPayload,
  RegisterInput,
  RegisterResultUnion,
  type RegisterResultView,
} from './session.types'
import { logInView, refreshedView, registerView } from './views'

@Resolver()
export class SessionResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly cookies: SessionCookies,
  ) {}

  @Mutation(() => RegisterResultUnion, { nullable: true, description: 'Makes an account and signs in to it.' })
  async register(
    @Http() http: HttpExchange,
    @Args('input', { description: 'The new account.' }) input: RegisterInput,
  ): Promise<RegisterResultView> {
    const origin = { userId: v7() as UserId, address: clientAddress(http.request), at: new Date() }
    return registerView(this.cookies.keep(http, await this.commands.execute(new Register(input, origin))))
  }

  @Mutation(() => LogInResultUnion, { nullable: true, description: 'Opens a session on this device.' })
  async logIn(
    @Http() http: HttpExchange,
    @Args('input', { description: 'Who wants to log in.' }) input: LogInInput,
  ): Promise<LogInResultView> {
    const { request } = http
    const origin = { address: clientAddress(request), deviceCookie: deviceCookieIn(request), at: new Date() }
    return logInView(this.cookies.keep(http, await this.commands.execute(new LogIn(input, origin))))
  }

  @Mutation(() => RefreshSessionPayload, {
    nullable: true,
    description: 'Goes on with the session of the refresh cookie; UNAUTHENTICATED when that does not serve any more.',
  })
  async refreshSession(@Http() http: HttpExchange): Promise<RefreshSessionPayload> {
    const refresh = new RefreshSession(refreshTokenIn(http.request), new Date())
    return refreshedView(this.cookies.keep(http, await this.commands.execute(refresh)))
  }

  @Mutation(() => LogOutPayload, { nullable: true, description: 'Ends the session on this device, its streams too.' })
  async logOut(
    @Http() { request, reply }: HttpExchange,
    @MaybeSignedIn() viewer: Viewer | null,
  ): Promise<LogOutPayload> {
    await this.commands.execute(new LogOut(viewer?.sessionId ?? null, refreshTokenIn(request), new Date()))
    this.cookies.clear(reply)
    return { ok: true }
  }
}
