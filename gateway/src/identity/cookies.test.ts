import { cookieIn } from './cookies'

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
