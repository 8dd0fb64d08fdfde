import type { Client } from '@parley/testing/client'
import { eventually } from '@parley/testing/eventually'
import { Following, longMs } from './following.ts'
import { tabAt } from './person.ts'
import type { Person } from './person.ts'

const document =
  'subscription ($ids: [ID!]!, $isActive: Boolean) { presence(userIds: $ids, isActive: $isActive) { people { userId state } } }'

interface Frame {
  readonly presence: { readonly people: readonly { readonly userId: string; readonly state: string }[] } | null
}

/** A device that somebody uses all the time: it makes them online whenever that can be known. */
export class PresenceWatch extends Following {
  stop(): Promise<void> {
    return this.end()
  }

  protected override async followOnce(tab: Client): Promise<void> {
    const stream = tab.subscribe<Frame>(document, { ids: [], isActive: true })
    for (;;) if (((await stream.next(longMs)).data?.presence ?? null) === null) return
  }
}

/** Waits until others see that these people are online. */
export async function untilOnline(viewer: Person, userIds: readonly string[], timeout: number): Promise<void> {
  await eventually(
    async () => {
      const tab = tabAt(viewer.tab, viewer.tab.url)
      try {
        const { data } = await tab.subscribe<Frame>(document, { ids: userIds }).next(5_000)
        const online = data?.presence?.people.filter(({ state }) => state === 'ONLINE').length ?? 0
        if (online < userIds.length) throw new Error(`${online} of ${userIds.length} people are seen online`)
      } finally {
        await tab.close()
      }
    },
    { timeout },
  )
}
