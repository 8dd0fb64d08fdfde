import { endsInCode } from './code-parts'

describe('what is written next', () => {
  it.each([
    ['', false],
    ['plain ', false],
    ['`code` and ', false],
    ['``a ` b`` ', false],
    ['```\nlet a\n``` ', false],
    ['an escaped \\` ', false],
    ['a forgotten ` ends\n\nwith its paragraph ', false],
    ['`', true],
    ['`let a = ', true],
    ['`one` `two ', true],
    ['``a ` b ', true],
    ['```ts\nlet a\n\nlet b ', true],
    ['```\na\n``` then `b ', true],
  ])('after %j is in code: %j', (text, isIn) => {
    expect(endsInCode(text)).toBe(isIn)
  })
})
