/** How messages are sent for a while. */
export interface Marks {
  readonly perSecond: number
  readonly windowMs: number
}

const before = Buffer.from('bench-')

/** A message with its number, which is found in whatever a server makes of it. */
export const textOf = (number: number): string =>
  `bench-${number}- as long as people write when they have to say something`

/** The numbers of all messages in a frame: it may carry several. */
export function placesIn(payload: Buffer): readonly number[] {
  const numbers: number[] = []
  for (let at = payload.indexOf(before); at >= 0; at = payload.indexOf(before, at + 1)) {
    let number = 0
    for (let index = at + before.length; ; index += 1) {
      const digit = (payload[index] ?? 0) - 48
      if (digit < 0 || digit > 9) break
      number = number * 10 + digit
    }
    numbers.push(number)
  }
  return numbers
}
