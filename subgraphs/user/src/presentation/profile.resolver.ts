import { CommandBus } from '@nestjs/cqrs'
import { Args, Mutation, Resolver } from '@nestjs/graphql'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { UpdateProfile } from '../application/update-profile'
import { UpdateProfileInput, UpdateProfileResultUnion, type UpdateProfileResultView } from './profile.types'
import { updateProfileView } from './views'

@Resolver()
export class ProfileResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => UpdateProfileResultUnion, { nullable: true, description: 'Changes what the viewer is called.' })
  async updateProfile(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'What changes.' }) input: UpdateProfileInput,
  ): Promise<UpdateProfileResultView> {
    return updateProfileView(await this.commands.execute(new UpdateProfile(userId, input.displayName, new Date())))
  }
}
