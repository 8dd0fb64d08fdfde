import { randomUUID } from 'node:crypto'
import type { UserId } from '@parley/kernel/ids'
import { newUser } from '@parley/platform/testing/ids'
import type { TestOwner } from '@parley/platform/testing/test-owner'
import { KnownUsers } from '../application/known-users'
import { type Answer, createGroup, type Shown } from './operations'
import type { TestService } from './test-service'

/** What people do with a running subgraph. */
export function people(service: () => TestService, owner: () => TestOwner) {
  async function send(viewer: UserId | null, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const token = viewer === null ? null : await owner().token({ userId: viewer })
    return await service().client.send(token, query, variables)
  }
  async function shown(viewer: UserId, field: string, query: string, input: Record<string, unknown>): Promise<Shown> {
    const { data, errors } = await send(viewer, query, { input })
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return (data as unknown as Record<string, { conversation: Shown }>)[field]?.conversation as Shown
  }
  async function person(): Promise<UserId> {
    const id = newUser()
    await service().app.get(KnownUsers).add([id])
    return id
  }
  const group = (viewer: UserId, memberIds: readonly UserId[], title = 'Weekend', clientId: string = randomUUID()) =>
    shown(viewer, 'createGroupConversation', createGroup, { clientId, title, memberIds })
  return { send, shown, person, group }
}
