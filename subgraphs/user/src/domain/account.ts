import type { Branded, UserId } from '@parley/kernel/ids'

export type Username = Branded<'Username'>
export type DisplayName = Branded<'DisplayName'>
export type Password = Branded<'Password'>

/** A person with an account, as every signed-in user may see them. */
export interface User {
  readonly id: UserId
  readonly username: Username
  readonly displayName: DisplayName
  readonly createdAt: Date
}
