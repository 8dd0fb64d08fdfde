import { type Chord, isPressed, keyNames } from './chord'
import { anywhere } from './key-list'
import { shortcuts } from './shortcuts'

const press = ({ key, mod, ctrl, alt, shift }: Chord) => ({
  key,
  code: '',
  ctrlKey: mod === true || ctrl === true,
  metaKey: false,
  altKey: alt === true,
  shiftKey: shift === true,
})

describe('the keys that act anywhere', () => {
  const all = shortcuts.flatMap(({ keys }) => keys)

  it('are each of one shortcut alone', () => {
    for (const chord of all)
      expect([
        chord,
        shortcuts.filter(({ keys }) => keys.some((other) => isPressed(other, press(chord), false))),
      ]).toEqual([chord, [expect.anything()]])
  })

  it('leave alone what every browser does with its own', () => {
    const own = [
      'Ctrl T',
      'Ctrl W',
      'Ctrl N',
      'Ctrl C',
      'Ctrl V',
      'Ctrl X',
      'Ctrl A',
      'Ctrl Z',
      'Ctrl F',
      'Ctrl L',
      'Ctrl R',
    ]
    expect(all.map((chord) => keyNames(chord, false).join(' ')).filter((name) => own.includes(name))).toEqual([])
  })

  it('are all in the list of keys, in the words of the table', () => {
    const { lines } = anywhere()
    expect(lines.map(({ words }) => words)).toEqual(shortcuts.map(({ words }) => words))
    expect(lines.flatMap(({ keys }) => keys.map((names) => names.join(' ')))).toEqual(
      expect.arrayContaining(['Ctrl K', 'Alt ↓', 'Alt Shift ↑', 'F6', 'Esc', '?', 'any letter']),
    )
    expect(lines.filter(({ keys }) => keys.length === 0)).toEqual([])
  })
})
