import type { Since } from './history.ts'
import { homesOf } from './members.ts'
import type { MessageCheck } from './message-model.ts'
import { violation } from './violation.ts'

/** Whether a message is bookmarked, as far as its owner was told; null when a late request may still change it. */
type IsSet = boolean | null

/** I7: bookmarks are those that their owner has set, so that nobody sees another’s. I1: none of them is lost. */
export const bookmarksAreOwn: MessageCheck = (history, { logs, versions }) => {
  const known = new Map<string, Map<string, { at: Since; isSet: IsSet }[]>>()
  const deletedAt = deletions(history)
  const homes = homesOf({ logs })
  const leavers = new Set([...logs.values()].flatMap((log) => [...log.values()].map(({ member }) => member)))
  return [...history.entries()].flatMap(([at, operation]) => {
    if (operation.op === 'bookmarked') {
      const { viewer, message, isSet, isSure } = operation
      const own = known.get(viewer) ?? new Map<string, { at: Since; isSet: IsSet }[]>()
      const changes = own.get(message) ?? []
      const isOpen = !isSure || changes.at(-1)?.isSet === null
      own.set(message, [...changes, { at, isSet: isOpen ? null : isSet }])
      known.set(viewer, own)
      return []
    }
    if (operation.op !== 'bookmarks') return []
    const { viewer, messages, since, conversation } = operation
    const own = known.get(viewer) ?? new Map<string, { at: Since; isSet: IsSet }[]>()
    const foreign = messages.filter((message) => own.get(message)?.at(-1)?.isSet === false || !own.has(message))
    const lost = [...own].flatMap(([message, changes]) => {
      const isListed = conversation === null || homes.get(message) === conversation
      const isGone = versions.get(message)?.at(-1)?.state?.isDeleted === true
      const last = changes.findLast((change) => change.at < since)
      return isListed && !isGone && !leavers.has(viewer) && last?.isSet === true && !messages.includes(message)
        ? [message]
        : []
    })
    const buried = messages.filter((message) => conversation === null && (deletedAt.get(message) ?? Infinity) < since)
    return [
      ...foreign.map((message) => violation('I7', `${viewer} is shown a bookmark of ${message}, which is not theirs`)),
      ...lost.map((message) => violation('I1', `the bookmark of ${message} by ${viewer} is lost`)),
      ...buried.map((message) => violation('I7', `${viewer} is shown a bookmark of ${message}, which is deleted`)),
    ]
  })
}

/** When the deletion of each message was acknowledged. */
function deletions(history: Parameters<MessageCheck>[0]): ReadonlyMap<string, Since> {
  const wanted = new Map<string, string>()
  const deleted = new Map<string, Since>()
  for (const [at, operation] of history.entries()) {
    if (operation.op === 'asked' && operation.wish.kind === 'MessageDeleted')
      wanted.set(operation.call, operation.wish.about ?? '')
    if (operation.op !== 'accepted') continue
    const message = wanted.get(operation.call)
    if (message !== undefined && !deleted.has(message)) deleted.set(message, at)
  }
  return deleted
}
