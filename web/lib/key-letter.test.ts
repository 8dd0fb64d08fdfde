import { keyLetter } from './key-letter'

describe('the letter of a key', () => {
  it.each([
    ['r', 'KeyR', 'r'],
    ['R', 'KeyR', 'r'],
    ['к', 'KeyR', 'r'],
    ['К', 'KeyR', 'r'],
    ['ρ', 'KeyR', 'r'],
    ['ר', 'KeyR', 'r'],
    // As it is written on a French and on a Turkish one.
    ['a', 'KeyQ', 'a'],
    ['ı', 'KeyI', 'ı'],
    ['1', 'Digit1', '1'],
    ['ж', 'Semicolon', 'ж'],
    ['ArrowUp', 'ArrowUp', 'ArrowUp'],
    ['Delete', 'Delete', 'Delete'],
  ])('%s at %s is %s', (key, code, letter) => expect(keyLetter({ key, code })).toBe(letter))
})
