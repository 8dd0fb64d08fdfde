import type { ApolloCache } from '@apollo/client'
import { listedConversation } from '../../lib/conversations/conversation-cache'
import { type Table, tableOf } from '../../lib/device/tables'
import { idOf } from '../../lib/graphql/document-ids'
import { whenIdle } from '../../lib/idle'
import { OpenTimelineDocument, TimelineDocument } from './__generated__/timeline'
import type { TimelinePage } from './model/events'
import type { KeptPages } from './model/kept-page'

/** Those of so many conversations are kept, the last ones that were open. */
const mostPages = 200
/** What is too much is looked for when nothing else is going on. */
const tidyAfter = 20_000

interface Kept {
  readonly page: TimelinePage
  /** Of which operations it is made: those of another release may have other fields. */
  readonly shape: string
  /** When it was kept, in milliseconds by the clock of the device. */
  readonly at: number
}

const shape = (): string => `${idOf(OpenTimelineDocument)} ${idOf(TimelineDocument)}`

/** The last pages of conversations, on this device. */
export function keptPages(viewerId: string, cache: ApolloCache): KeptPages {
  const table = tableOf<Kept>(viewerId, 'pages')
  void whenIdle(tidyAfter).then(() => tidy(table))
  return {
    read: async (id) => {
      const kept = await table.get(id)
      if (kept?.shape !== shape()) return null
      const headSeq = listedConversation(cache, id)?.headSeq ?? 0
      return { page: kept.page, isCurrent: headSeq <= kept.page.headSeq }
    },
    keep: (id, page) => void table.put(id, { page, shape: shape(), at: Date.now() }),
    forget: (id) => void table.remove(id),
  }
}

async function tidy(table: Table<Kept>): Promise<void> {
  if ((await table.count()) <= mostPages) return
  const oldest = (await table.all()).toSorted(([, one], [, other]) => other.at - one.at).slice(mostPages)
  await Promise.all(oldest.map(([id]) => table.remove(id)))
}
