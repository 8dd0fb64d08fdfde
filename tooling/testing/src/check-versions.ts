import { operationsOf } from './history.ts'
import type { Model, MessageCheck } from './message-model.ts'
import { violation } from './violation.ts'

/**
 * I5: the versions of a message are its texts in their order, none when it was deleted. I1: with all edits that were
 * acknowledged before they were asked for.
 */
export const versionsInOrder: MessageCheck = (history, model) => {
  const edits = Map.groupBy(
    model.calls.filter(({ wish, end }) => wish.kind === 'MessageEdited' && (end?.seq ?? null) !== null),
    ({ wish }) => wish.about ?? '',
  )
  return operationsOf(history, 'versions').flatMap(({ message, viewer, since, texts }) => {
    const known = textsOf(model, message)
    if (known === null) return []
    const isDeleted = model.versions.get(message)?.some(({ state }) => state?.isDeleted === true) === true
    if (texts.length === 0 && isDeleted) return []
    const wrong = texts.findIndex((text, index) => text !== known[index])
    if (wrong !== -1)
      return [
        violation('I5', `${viewer} sees “${texts[wrong]}” as version ${wrong + 1} of ${message}: “${known[wrong]}”`),
      ]
    const least = 1 + (edits.get(message) ?? []).filter(({ end }) => (end?.at ?? Infinity) < since).length
    return texts.length >= least
      ? []
      : [violation('I1', `${viewer} sees ${texts.length} versions of ${message} after ${least} were acknowledged`)]
  })
}

/** Null when the log has an event that nobody explains. */
function textsOf({ versions }: Model, message: string): readonly string[] | null {
  const texts: string[] = []
  for (const { state } of versions.get(message) ?? []) {
    if (state === null) return null
    if (texts.length <= state.editCount && !state.isDeleted) texts.push(state.text)
  }
  return texts
}
