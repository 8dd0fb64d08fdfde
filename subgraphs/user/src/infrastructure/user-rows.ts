import type { InferSelectModel } from 'drizzle-orm'
import { userId } from '@parley/kernel/ids'
import type { DisplayName, User, Username } from '../domain/account'
import { users } from './schema'

/** The columns that are read of an account, except to check its password. */
export const publicColumns = {
  id: users.id,
  username: users.username,
  displayName: users.displayName,
  createdAt: users.createdAt,
}

export type PublicRow = Pick<InferSelectModel<typeof users>, keyof typeof publicColumns>

export const userOf = ({ id, username, displayName, createdAt }: PublicRow): User => ({
  id: userId(id),
  username: username as Username,
  displayName: displayName as DisplayName,
  createdAt,
})
