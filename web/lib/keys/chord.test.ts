import { type Chord, isPressed, isWriting, keyNames, type Press } from './chord'

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
})
const ctrl = { ctrlKey: true }
const command = { metaKey: true }
const shift = { shiftKey: true }

describe('a shortcut', () => {
  const find: Chord = { key: 'k', mod: true }
  it.each([
    [find, press('k', ctrl), false, true],
    [find, press('k', command), false, false],
    [find, press('k', command), true, true],
    // Which deletes to the end of the line there.
    [find, press('k', ctrl), true, false],
    [find, press('K', { ...ctrl, ...shift }), false, false],
    [find, press('k', { ...ctrl, altKey: true }), false, false],
    // On a Russian keyboard, and with the caps lock.
    [find, press('л', { ...ctrl, code: 'KeyK' }), false, true],
    [find, press('K', ctrl), false, true],
    [{ key: 'ArrowDown', alt: true }, press('ArrowDown', { altKey: true }), false, true],
    [{ key: 'ArrowDown', alt: true }, press('ArrowDown', { altKey: true, ...shift }), false, false],
    // With Shift on most keyboards, and without on some.
    [{ key: '?' }, press('?', shift), false, true],
    [{ key: '?' }, press('?'), false, true],
    [{ key: '?' }, press('?', ctrl), false, false],
    [{ key: '/', mod: true }, press('/', { ...ctrl, ...shift }), false, true],
  ] as const)('%j is pressed by %j, on a Mac: %s: %s', (chord, key, isMac, isIt) =>
    expect(isPressed(chord, key, isMac)).toBe(isIt),
  )

  it('has the names of its keys, in the order in which they are pressed', () => {
    expect(keyNames({ key: 'g', mod: true, shift: true }, false)).toEqual(['Ctrl', 'Shift', 'G'])
    expect(keyNames({ key: 'g', mod: true, shift: true }, true)).toEqual(['⇧', '⌘', 'G'])
    expect(keyNames({ key: 'ArrowUp', alt: true }, false)).toEqual(['Alt', '↑'])
    expect(keyNames({ key: 'F6', ctrl: true }, true)).toEqual(['Ctrl', 'F6'])
  })
})

describe('a key', () => {
  const writes = (key: string, held: Partial<Press> = {}, { isComposing = false, hasAltGraph = false } = {}) =>
    isWriting({ ...press(key, held), isComposing, getModifierState: () => hasAltGraph })

  it('writes a character, in any script, and the beginning of one', () => {
    for (const key of ['a', 'Ä', 'ж', 'あ', '한', '😀', '7', '.', 'Dead', 'Process'])
      expect([key, writes(key)]).toEqual([key, true])
    expect(writes('A', shift)).toBe(true)
    expect(writes('Unidentified', {}, { isComposing: true })).toBe(true)
  })

  it('writes what is typed with AltGr, and nothing with the other ones', () => {
    expect(writes('@', { ctrlKey: true, altKey: true }, { hasAltGraph: true })).toBe(true)
    for (const held of [ctrl, command, { altKey: true }]) expect(writes('a', held)).toBe(false)
  })

  it('that moves, presses or does something else writes nothing', () => {
    for (const key of [' ', 'Enter', 'Tab', 'Escape', 'ArrowUp', 'F6', 'Shift', 'Backspace', 'Delete', 'PageUp'])
      expect([key, writes(key)]).toEqual([key, false])
  })
})
