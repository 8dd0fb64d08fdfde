import { type KeyMark, toggledMark } from './model/marks'

/** Deprecated, and the only way to change a field so that the browser's undo takes it back. */
interface Undoable {
  execCommand(command: 'insertText' | 'delete', showUi: false, value: string): boolean
}

/** Marks what is selected in a field, as if it had been typed. */
export function applyMark(field: HTMLTextAreaElement, mark: KeyMark): void {
  const { from, to, insert, selection } = toggledMark(field.value, [field.selectionStart, field.selectionEnd], mark)
  replaceText(field, insert, [from, to])
  field.setSelectionRange(...selection)
}

/** Replaces a part of a field, as if it had been typed; the caret stands after it. */
export function insertText(field: HTMLTextAreaElement, text: string, [from, to]: readonly [number, number]): void {
  field.focus()
  replaceText(field, text, [from, to])
  field.setSelectionRange(from + text.length, from + text.length)
}

function replaceText(field: HTMLTextAreaElement, text: string, [from, to]: readonly [number, number]): void {
  const undoable: Undoable = document
  field.setSelectionRange(from, to)
  if (undoable.execCommand(text === '' ? 'delete' : 'insertText', false, text)) return
  field.setRangeText(text, from, to)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
