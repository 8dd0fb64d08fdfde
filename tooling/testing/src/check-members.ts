import { operationsOf } from './history.ts'
import type { MessageCheck } from './message-model.ts'
import { isAboutMember, spellDuring, spellsOf, spellWithout } from './members.ts'
import { violation } from './violation.ts'

/** I7: who was removed is given nothing, and no frame with what came later; until they are back, which lets them read all of it. */
const nothingAfterRemoval: MessageCheck = (history, model) => {
  const spells = spellsOf(history, model)
  const streams = new Map(operationsOf(history, 'opened').map((opened) => [opened.stream, opened]))
  const shown = [...history.entries()].flatMap(([at, operation]) => {
    if (operation.op === 'delivered') {
      const { viewer: user = '', conversation = '' } = streams.get(operation.stream) ?? {}
      const { seq } = operation.entry
      const spell = spellWithout(spells, { conversation, user, seq, at })
      if (spell !== null) return [violation('I7', `${user} left at ${spell.removal.seq} and received ${seq}`)]
    }
    if (operation.op === 'page') {
      const { conversation, viewer: user, ms = 0 } = operation
      const spell = spellDuring(spells, { conversation, user, asked: ms, answered: at })
      if (spell !== null) return [violation('I7', `${user} left at ${spell.removal.seq} and read a page`)]
    }
    return []
  })
  const done = model.calls.flatMap(({ id, conversation, user, askedMs: asked, wish, end }) => {
    if (end === null || end.refusal !== null || !model.logs.has(conversation)) return []
    const spell = spellDuring(spells, { conversation, user, asked, answered: end.at })
    if (spell === null) return []
    return [violation('I7', `${user} left at ${spell.removal.seq}, and ${wish.kind} was done for them: ${id}`)]
  })
  return [...shown, ...done]
}

/** I2: nobody joins or leaves twice in a row, and all of it was asked for. */
const eachChangeOnce: MessageCheck = (_, { logs, calls }) =>
  [...logs].flatMap(([conversation, log]) => {
    const isIn = new Map<string, boolean>()
    return [...log.values()].filter(isAboutMember).flatMap(({ kind, member = '', actor, seq }) => {
      const before = isIn.get(member)
      const joins = kind === 'MemberJoined'
      isIn.set(member, joins)
      const isAsked = calls.some(
        ({ wish, user, end, ...call }) =>
          call.conversation === conversation &&
          wish.kind === kind &&
          wish.member === member &&
          user === actor &&
          (end?.refusal ?? null) === null,
      )
      return [
        ...(before === joins ? [violation('I2', `${kind} of ${member} twice in a row, at ${seq}`)] : []),
        ...(isAsked ? [] : [violation('I2', `nobody asked for ${kind} of ${member} at ${seq} of ${conversation}`)]),
      ]
    })
  })

export const memberChecks: readonly MessageCheck[] = [nothingAfterRemoval, eachChangeOnce]
