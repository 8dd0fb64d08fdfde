/**
 * Normalisation never shortens a text by more than this: a letter with marks that becomes one character has at most
 * four UTF-16 units.
 */
const unitsPerCharacter = 8

/**
 * The text in a Unicode form, cut first where it is longer than its limit in any form. Sorting marks takes quadratic
 * time: 120,000 after one letter blocked a process for 100 s.
 */
export const normalized = (text: string, form: 'NFC' | 'NFKC' | 'NFKD', maxCharacters: number): string =>
  text.slice(0, maxCharacters * unitsPerCharacter).normalize(form)

/** White space of any kind, control characters, and the marks that turn the direction of the text after them. */
const gaps = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu
/** Something to see: neither space, format character nor one of the letters that are drawn as nothing. */
const visible = /[^\p{Z}\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

/** The text as one well-formed line without space around it. What is too long for its limit stays too long. */
export const oneLine = (text: string, maxCharacters: number): string =>
  normalized(text.toWellFormed(), 'NFC', maxCharacters).replaceAll(gaps, ' ').trim()

/** Whether there is anything to see in a name or a line. */
export const isVisible = (text: string): boolean => visible.test(text)

/** Code points, which are what limits count. */
export const charactersOf = (text: string): number => Array.from(text).length
