import { operationsOf } from './history.ts'
import type { OperationOf } from './history.ts'
import type { MessageCheck } from './message-model.ts'
import { mutesOf } from './mutes.ts'
import { violation } from './violation.ts'

/** I6: a conversation is muted as its owner has set it. I7: so nobody is shown the mute of another. */
const mutedAsSet: MessageCheck = (history) => {
  const mutes = mutesOf(history)
  return [...history.entries()].flatMap(([at, operation]) => {
    if (operation.op !== 'mute') return []
    const { viewer, conversation, isMuted, revision, since, asked, answered } = operation
    const span = { from: since, fromMs: asked, to: at, toMs: answered }
    const right = mutes.during(viewer, conversation, span)
    const [least, most] = mutes.changes(viewer, conversation, span)
    const what = `${viewer} sees that ${conversation} is ${isMuted ? 'muted' : 'not muted'}`
    if (right !== null && right !== isMuted)
      return [violation(most === 0 ? 'I7' : 'I6', `${what}, and has set it otherwise`)]
    return revision >= least && revision <= most
      ? []
      : [violation('I6', `${what} after ${revision} changes, and made ${least}`)]
  })
}

/** I6: the total of an inbox has the unread lines of each conversation, and of a muted one its unread mentions. */
const totalsRecounted: MessageCheck = (history) =>
  operationsOf(history, 'total').flatMap(({ viewer, unread, mentions, conversations }) => {
    const sums = conversations.reduce((totals, one) => totals.flatMap((sum) => counted(one).map((n) => sum + n)), [0])
    const called = conversations.reduce((total, one) => total + one.mentions, 0)
    const right = `${[...new Set(sums)].join(' or ')}, ${called}`
    return sums.includes(unread) && called === mentions
      ? []
      : [violation('I6', `${viewer} is told ${unread} unread, ${mentions} mentions in all; they are ${right}`)]
  })

/** What a conversation may have in a total. */
function counted({ unread, mentions, isMuted }: OperationOf<'total'>['conversations'][number]): readonly number[] {
  if (isMuted === null) return [unread, mentions]
  return [isMuted ? mentions : unread]
}

export const muteChecks: readonly MessageCheck[] = [mutedAsSet, totalsRecounted]
