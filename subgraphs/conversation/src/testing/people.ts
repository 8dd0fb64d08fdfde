import { randomUUID } from 'node:crypto'
import type { ClientId, UserId } from '@parley/kernel/ids'

export const newUser = (): UserId => randomUUID() as UserId
export const newClientId = (): ClientId => randomUUID() as ClientId
