import { createStore, del, set, values } from 'idb-keyval'
import type { WishStorage } from '../model/reaction-store'
import type { ReactionWish } from '../model/reactions'

/** One database per user. A browser without IndexedDB keeps wishes until the tab is closed. */
export function wishStorage(viewerId: string): WishStorage {
  const store = createStore(`parley-reactions-${viewerId}`, 'wishes')
  const keyOf = ({ messageId, emoji }: ReactionWish) => `${messageId} ${emoji}`
  const tolerate = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined)
  return {
    load: () => values<ReactionWish>(store).catch(() => []),
    save: (wish) => tolerate(set(keyOf(wish), wish, store)),
    remove: (wish) => tolerate(del(keyOf(wish), store)),
  }
}
