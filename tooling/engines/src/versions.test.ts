import { isAtLeast, parseVersion } from './versions.ts'

describe('parseVersion', () => {
  it.each([
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', [15, 18]],
    ['postgres (PostgreSQL) 18beta1', [18]],
    ['Redis server v=7.0.15 sha=00000000:0', [7, 0, 15]],
    ['openjdk version "17.0.15" 2025-04-15', [17, 0, 15]],
    ['Picked up _JAVA_OPTIONS: -Xmx512m\nopenjdk version "21.0.1"', [21, 0, 1]],
    ['openjdk version "21" 2023-09-19', [21]],
    ['Python 3.11.7', [3, 11, 7]],
    ['db version v8.0.4', [8, 0, 4]],
    ['no version at all', null],
    [null, null],
  ])('%s', (text, version) => expect(parseVersion(text)).toEqual(version))
})

describe('isAtLeast', () => {
  it('compares part by part, not as text', () => {
    expect(isAtLeast([16], [16])).toBe(true)
    expect(isAtLeast([15, 18], [16])).toBe(false)
    expect(isAtLeast([3, 9, 18], [3, 10])).toBe(false)
    expect(isAtLeast([3, 10], [3, 10])).toBe(true)
    expect(isAtLeast(null, [1])).toBe(false)
  })
})
