import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { Args, Context, Directive, ID, Mutation, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql'
import { type UserId, userId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload } from '@parley/platform/graphql/mutation-payload'
import { FollowPresence, maxFollowed, type PresenceFrame } from '../application/follow-presence'
import { GetPresence } from '../application/get-presence'
import { SetPresencePrivacy } from '../application/set-presence-privacy'
import { SetStatus } from '../application/set-status'
import { sessionOver } from '../domain/policy'
import {
  ClearStatusPayload,
  PresenceFrameType,
  PresenceType,
  SetPresencePrivacyInput,
  SetPresencePrivacyPayload,
  SetStatusInput,
  SetStatusPayload,
} from './presence.types'
import { UserLoaders } from './user-loaders'
import { UserType } from './user.types'
import { presenceFrameView, presenceView } from './views'

@Resolver(() => UserType)
export class PresenceResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly follow: FollowPresence,
    private readonly loaders: UserLoaders,
  ) {}

  @ResolveField(() => PresenceType, {
    nullable: true,
    description: 'Whether the person is here, and their status; null for those who share no conversation with them.',
  })
  @Directive('@perViewer')
  async presence(
    @Parent() { id }: UserType,
    @SignedIn() _viewer: Viewer,
    @Context() operation: GraphQLContext,
  ): Promise<PresenceType | null> {
    const presence = await this.loaders.presence(operation, id)
    return presence === null ? null : presenceView(presence)
  }

  @Subscription(() => PresenceFrameType, {
    name: 'presence',
    nullable: true,
    resolve: presenceFrameView,
    description:
      'The live presence of people: a first frame with all of them, then what changed, at most once a second. While it is open the device that asks counts as connected.',
  })
  followPresence(
    @SignedIn() { userId: viewerId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('userIds', {
      type: () => [ID],
      description: `The ids of at most ${maxFollowed} people who share a conversation with the viewer, or of the viewer. It may be empty.`,
    })
    ids: string[],
    @Args('isActive', {
      type: () => Boolean,
      nullable: true,
      description:
        'True while the viewer uses this device, false while it is idle: subscribe again when that changes. Without it the subscription makes nobody online.',
    })
    isActive: boolean | null | undefined,
  ): Promise<AsyncIterableIterator<PresenceFrame>> {
    return this.follow.open({
      viewerId,
      userIds: ids.map(userId),
      isActive: isActive ?? null,
      expiresAt: expiresAt ?? 0,
    })
  }

  @Mutation(() => SetStatusPayload, {
    nullable: true,
    description: 'Sets what the viewer says of themselves for a while, in place of what they said before.',
  })
  setStatus(
    @SignedIn() { userId: viewerId }: Viewer,
    @Args('input', { description: 'The status.' }) { emoji, text, expiresAt }: SetStatusInput,
  ): Promise<SetStatusPayload> {
    const raw = { emoji: emoji ?? null, text: text ?? null, expiresAt: expiresAt ?? null }
    return this.#changed(viewerId, new SetStatus(viewerId, raw, new Date()))
  }

  @Mutation(() => ClearStatusPayload, { nullable: true, description: 'Removes the status of the viewer.' })
  clearStatus(@SignedIn() { userId: viewerId }: Viewer): Promise<ClearStatusPayload> {
    return this.#changed(viewerId, new SetStatus(viewerId, null, new Date()))
  }

  @Mutation(() => SetPresencePrivacyPayload, {
    nullable: true,
    description: 'Hides or shows when the viewer is online and was last seen.',
  })
  setPresencePrivacy(
    @SignedIn() { userId: viewerId }: Viewer,
    @Args('input', { description: 'The setting.' }) { isHidden }: SetPresencePrivacyInput,
  ): Promise<SetPresencePrivacyPayload> {
    return this.#changed(viewerId, new SetPresencePrivacy(viewerId, isHidden))
  }

  #changed(viewerId: UserId, command: SetStatus | SetPresencePrivacy): Promise<SetStatusPayload> {
    return mutationPayload(async () => {
      await this.commands.execute(command)
      const [presence] = await this.queries.execute(new GetPresence(viewerId, [viewerId], new Date()))
      if (!presence) throw sessionOver()
      return { presence: presenceView(presence) }
    })
  }
}
