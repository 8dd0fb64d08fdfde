import { CommandBus } from '@nestjs/cqrs'
import { Args, Mutation, Resolver } from '@nestjs/graphql'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload } from '@parley/platform/graphql/mutation-payload'
import { UpdateProfile } from '../application/update-profile'
import { UpdateProfileInput, UpdateProfilePayload } from './profile.types'
import { userView } from './views'

@Resolver()
export class ProfileResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => UpdateProfilePayload, { nullable: true, description: 'Changes the display name of the viewer.' })
  updateProfile(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The change.' }) input: UpdateProfileInput,
  ): Promise<UpdateProfilePayload> {
    return mutationPayload(async () => ({
      user: userView(await this.commands.execute(new UpdateProfile(userId, input.displayName, new Date()))),
    }))
  }
}
