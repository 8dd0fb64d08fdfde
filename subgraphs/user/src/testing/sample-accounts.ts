import { randomUUID } from 'node:crypto'
import { integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { v7 } from 'uuid'
import type { Credentials } from '../application/accounts'
import { eventOrigin } from '../application/event-origin'
import type { DisplayName, Username } from '../domain/account'

export const newUserId = (): UserId => v7() as UserId
export const newUsername = (): string => `u_${randomUUID().replaceAll('-', '').slice(0, 16)}`

export const account = (displayName = 'Anna Berg', username = newUsername()): Credentials => ({
  user: {
    id: newUserId(),
    username: username as Username,
    displayName: displayName as DisplayName,
    createdAt: new Date('2026-11-24T12:00:00Z'),
  },
  passwordHash: '$argon2id$',
})

export const registeredEvent = ({ user: { id, username, displayName, createdAt } }: Credentials) =>
  integrationEvent('UserRegistered', { userId: id, username, displayName }, eventOrigin(id, createdAt))

export const renamedEvent = ({ user: { id, createdAt } }: Credentials, displayName: string) =>
  integrationEvent('ProfileUpdated', { userId: id, displayName }, eventOrigin(id, createdAt))
