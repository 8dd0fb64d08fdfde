import { cookieIn, cookiesIn } from './cookies'

test.each([
  ['a=1; parley_access=x.y.z; b=2', 'x.y.z'],
  ['parley_access=x=y==', 'x=y=='],
  ['xparley_access=1; parley_access_old=2', undefined],
  ['parley_access=', undefined],
  ['parley_access', undefined],
  [undefined, undefined],
])('%s', (header, value) => {
  expect(cookieIn(header, 'parley_access')).toBe(value)
})

test.each([
  ['b=2; a=1; c=3', 'a=1; b=2'],
  ['b=2', 'b=2'],
  ['ab=1', undefined],
  [undefined, undefined],
])('of %s only what is named goes on', (header, rest) => {
  expect(cookiesIn(header, ['a', 'b'])).toBe(rest)
})
