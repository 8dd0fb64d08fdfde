import { avatarColourOf, avatarColours } from './avatar-colours'

type Channels = readonly [number, number, number]

function channelsOf(hex: string): Channels {
  const at = (from: number) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [at(1), at(3), at(5)]
}

const sum = (weights: Channels, [r, g, b]: Channels): number => weights[0] * r + weights[1] * g + weights[2] * b

/** As WCAG counts it. */
function contrast(one: string, other: string): number {
  const [low, high] = [one, other]
    .map((hex) => sum([0.2126, 0.7152, 0.0722], channelsOf(hex)) + 0.05)
    .sort((a, b) => a - b)
  return high! / low!
}

/** https://bottosson.github.io/posts/oklab */
function oklab(hex: string): Channels {
  const rgb = channelsOf(hex)
  const cones: Channels = [
    Math.cbrt(sum([0.4122214708, 0.5363325363, 0.0514459929], rgb)),
    Math.cbrt(sum([0.2119034982, 0.6806995451, 0.1073969566], rgb)),
    Math.cbrt(sum([0.0883024619, 0.2817188376, 0.6299787005], rgb)),
  ]
  return [
    sum([0.2104542553, 0.793617785, -0.0040720468], cones),
    sum([1.9779984951, -2.428592205, 0.4505937099], cones),
    sum([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

function distance(one: string, other: string): number {
  const [a, b] = [oklab(one), oklab(other)]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

describe('the colours of pictures', () => {
  it.each(['light', 'dark'] as const)('have letters that can be read, in the %s theme', (theme) => {
    const contrasts = avatarColours.map((colour) => contrast(colour[theme].ground, colour[theme].ink))
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['light', 'dark'] as const)('look different from each other, in the %s theme', (theme) => {
    const grounds = avatarColours.map((colour) => colour[theme].ground)
    const distances = grounds.flatMap((one, index) => grounds.slice(index + 1).map((other) => distance(one, other)))
    // What is just noticed is about 0.02.
    expect(Math.min(...distances)).toBeGreaterThan(0.09)
  })

  it('are the same for an id whenever it is asked', () => {
    const id = '0193a1b2-0000-7000-8000-00000000000c'
    expect(avatarColourOf(id)).toBe(avatarColourOf(id))
  })

  it('are all used alike by ids that were made one after the other', () => {
    const idOf = (number: number) => `0193a1b2-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
    const uses = new Map(avatarColours.map((colour) => [colour, 0]))
    for (let number = 0; number < 1_600; number += 1) {
      const colour = avatarColourOf(idOf(number))
      uses.set(colour, (uses.get(colour) ?? 0) + 1)
    }
    expect(Math.min(...uses.values())).toBeGreaterThan(60)
    expect(Math.max(...uses.values())).toBeLessThan(140)
  })
})
