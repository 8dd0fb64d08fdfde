import { homesOf, membersOf, spellDuring, spellsOf } from './members.ts'
import type { MessageCheck } from './message-model.ts'
import { violation } from './violation.ts'

/** I5: a quote is of the list that it is written in, and of a message that was there when the reply was asked for. */
const quotesInList: MessageCheck = (_, model) => {
  const { calls, versions } = model
  const homes = homesOf(model)
  const deletedBefore = deletionsBefore(model)
  return calls.flatMap(({ id, wish, conversation, asked, end }) => {
    const quoted = wish.replyToId
    if (quoted === undefined || end === null) return []
    const isThere = homes.get(quoted) === conversation
    const state = versions.get(quoted)?.[0]?.state ?? null
    const root = wish.reply?.root
    const isInList = root === undefined ? state?.isInList === true : quoted === root || state?.reply?.root === root
    if (end.refusal === 'NOT_IN_CONVERSATION' && isThere)
      return [violation('I1', `${id} was told that ${quoted} is not in ${conversation}, which is in its log`)]
    if (end.refusal === 'NOT_IN_LIST' && isThere && state !== null && isInList)
      return [violation('I1', `${id} was told that ${quoted} is in another list`)]
    if (end.seq === null) return []
    if (!isThere || (state !== null && !isInList)) return [violation('I5', `${id} quotes ${quoted} of another list`)]
    return deletedBefore(quoted, asked) ? [violation('I5', `${id} quotes ${quoted}, which was deleted before`)] : []
  })
}

/** I7: only what one may see is forwarded, and nothing that was deleted before. I5: nobody changes the words of others. */
const forwardsOfVisible: MessageCheck = (history, model) => {
  const homes = homesOf(model)
  const isMember = membersOf(history)
  const spells = spellsOf(history, model)
  const deletedBefore = deletionsBefore(model)
  return model.calls.flatMap(({ id, wish, user, asked, askedMs, end }) => {
    const isForward = ofForward(model.versions.get(wish.about ?? '')?.[0])
    if (wish.kind === 'MessageEdited' && isForward && (end?.seq ?? null) !== null)
      return [violation('I5', `${id} changed ${wish.about}, which has the words of another`)]
    if (end?.refusal === 'FORWARDED' && isForward === false)
      return [violation('I1', `${id} was told that ${wish.about} is a forward`)]
    const source = wish.sourceId
    if (source === undefined || end === null || end.seq === null) return []
    const conversation = homes.get(source)
    if (conversation === undefined) return [violation('I5', `${id} forwarded ${source}, which is in no log`)]
    const isOut =
      !isMember(user, conversation) ||
      spellDuring(spells, { conversation, user, asked: askedMs, answered: end.at }) !== null
    if (isOut) return [violation('I7', `${user} forwarded ${source} of ${conversation}, which they may not see`)]
    return deletedBefore(source, asked) ? [violation('I7', `${id} forwarded ${source}, which was deleted before`)] : []
  })
}

/** Null for what nobody knows. */
const ofForward = (sent: { readonly state: { readonly forwardedFromId: string | null } | null } | undefined) =>
  sent === undefined || sent.state === null ? null : sent.state.forwardedFromId !== null

/** Whether the deletion of a message was acknowledged before a time. */
function deletionsBefore({ calls }: Parameters<MessageCheck>[1]) {
  const deleted = new Map<string, number>()
  for (const { wish, end } of calls) {
    if (wish.kind !== 'MessageDeleted' || wish.about === null || end === null || end.seq === null) continue
    deleted.set(wish.about, Math.min(end.at, deleted.get(wish.about) ?? Infinity))
  }
  return (message: string, asked: number): boolean => (deleted.get(message) ?? Infinity) < asked
}

export const quoteChecks: readonly MessageCheck[] = [quotesInList, forwardsOfVisible]
