import { type KeyMark, toggledMark } from './model/marks'

/** Deprecated, and the only way to change a field so that the browser's undo takes it back. */
interface Undoable {
  execCommand(command: 'insertText' | 'delete', showUi: false, value: string): boolean
}

/** Command instead of Ctrl. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Marks what is selected in a field, as if it had been typed. */
export function applyMark(field: HTMLTextAreaElement, mark: KeyMark): void {
  const { from, to, insert, selection } = toggledMark(field.value, [field.selectionStart, field.selectionEnd], mark)
  const undoable: Undoable = document
  field.setSelectionRange(from, to)
  if (!undoable.execCommand(insert === '' ? 'delete' : 'insertText', false, insert)) {
    field.setRangeText(insert, from, to)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  field.setSelectionRange(...selection)
}
