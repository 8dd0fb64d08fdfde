/** A key as an event of the keyboard tells it. */
export type Key = Pick<KeyboardEvent, 'key' | 'code'>

/**
 * The letter, digit or name by which a shortcut knows a key. On a keyboard for another script it is the Latin letter at
 * that place: what is К there is R.
 */
export function keyLetter({ key, code }: Key): string {
  if (key.length !== 1) return key
  const isOfAnotherScript = /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key)
  const place = isOfAnotherScript ? /^Key([A-Z])$/.exec(code)?.[1] : undefined
  return (place ?? key).toLowerCase()
}
