import { QueryBus } from '@nestjs/cqrs'
import { Args, Context, Directive, ID, Int, Parent, Query, Resolver, ResolveReference } from '@nestjs/graphql'
import type { DomainError } from '@parley/kernel/errors'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { FindUsers, maxFound } from '../application/find-users'
import { noSuchUser, sessionOver } from '../domain/policy'
import { UserLoaders } from './user-loaders'
import { UserType } from './user.types'
import { userView } from './views'

@Resolver(() => UserType)
export class UserResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly loaders: UserLoaders,
  ) {}

  @ResolveReference()
  async resolveReference(
    @Parent() { id }: { id: string },
    @SignedIn() _viewer: Viewer,
    @Context() operation: GraphQLContext,
  ): Promise<UserType | null> {
    const user = await this.loaders.load(operation, id)
    return user === null ? null : userView(user)
  }

  @Query(() => UserType, {
    nullable: true,
    description: 'The signed-in user; UNAUTHENTICATED for an anonymous caller.',
  })
  viewer(@SignedIn() { userId }: Viewer, @Context() operation: GraphQLContext): Promise<UserType> {
    return this.#view(operation, userId, sessionOver)
  }

  @Query(() => UserType, { nullable: true, description: 'A user by id; NOT_FOUND when there is no such account.' })
  user(
    @SignedIn() _viewer: Viewer,
    @Context() operation: GraphQLContext,
    @Args('id', { type: () => ID, description: 'The id of the user.' }) id: string,
  ): Promise<UserType> {
    return this.#view(operation, id, noSuchUser)
  }

  @Query(() => [UserType], {
    nullable: true,
    description:
      'People whose username or a word of whose name begins with the query, best matches first, without the viewer.',
  })
  @Directive('@listSize(slicingArguments: ["first"], assumedSize: 10, requireOneSlicingArgument: false)')
  async findUsers(
    @SignedIn() { userId }: Viewer,
    @Args('query', {
      description: 'The beginning of a username or of a word of a name; an empty query finds no users.',
    })
    query: string,
    @Args('first', {
      type: () => Int,
      nullable: true,
      defaultValue: 10,
      description: `The largest number of results, 1 to ${maxFound}.`,
    })
    first: number | null,
  ): Promise<UserType[]> {
    return (await this.queries.execute(new FindUsers(userId, query, first ?? 10))).map(userView)
  }

  async #view(operation: GraphQLContext, id: string, absent: () => DomainError): Promise<UserType> {
    const user = await this.loaders.load(operation, id)
    if (user === null) throw absent()
    return userView(user)
  }
}
