import type { Branded, UserId } from '@parley/kernel/ids'

export type Username = Branded<'Username'>
export type DisplayName = Branded<'DisplayName'>
export type Password = Branded<'Password'>

/** Somebody with an account, as everybody who is signed in may see them. */
export interface User {
  readonly id: UserId
  readonly username: Username
  readonly displayName: DisplayName
  readonly createdAt: Date
}
