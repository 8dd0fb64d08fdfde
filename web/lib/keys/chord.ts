import { type Key, keyLetter } from '../key-letter'

/** A key, with those that are held meanwhile. */
export interface Chord {
  /** As `keyLetter` tells it: a letter is meant on every keyboard, a sign wherever it is. */
  readonly key: string
  /** Ctrl, on a Mac Command. */
  readonly mod?: true
  readonly ctrl?: true
  readonly alt?: true
  readonly shift?: true
}

export type Press = Key & Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

export function isPressed(chord: Chord, press: Press, isMac: boolean): boolean {
  const { mod = false, ctrl = false, alt = false, shift = false } = chord
  return (
    keyLetter(press) === chord.key &&
    press.ctrlKey === (ctrl || (mod && !isMac)) &&
    press.metaKey === (mod && isMac) &&
    press.altKey === alt &&
    (press.shiftKey === shift || isSign(chord.key))
  )
}

/** Where it is, and whether with Shift, depends on the keyboard. */
const isSign = (key: string): boolean => key.length === 1 && !/[\p{L}\p{N}]/u.test(key)

/** AltGr, with which signs are typed, tells of itself as Ctrl and Alt. */
type Typed = Press & Pick<KeyboardEvent, 'getModifierState' | 'isComposing'>

/**
 * Whether it writes something: a character, or the beginning of one by a dead key or an input method. Not the space, which
 * presses and scrolls.
 */
export function isWriting(press: Typed): boolean {
  const isHeld = press.metaKey || ((press.ctrlKey || press.altKey) && !press.getModifierState('AltGraph'))
  if (isHeld || press.key === ' ') return false
  return press.isComposing || press.key === 'Dead' || press.key === 'Process' || [...press.key].length === 1
}

const names: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

export const keyName = (key: string): string => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)

/** What stands on the keys, in the order in which one presses them. */
export function keyNames({ key, mod, ctrl, alt, shift }: Chord, isMac: boolean): readonly string[] {
  const held = [
    ctrl === true || (mod === true && !isMac) ? 'Ctrl' : null,
    alt === true ? (isMac ? '⌥' : 'Alt') : null,
    shift === true ? (isMac ? '⇧' : 'Shift') : null,
    mod === true && isMac ? '⌘' : null,
  ]
  return [...held.filter((name) => name !== null), keyName(key)]
}
