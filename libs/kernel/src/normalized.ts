/** No text shrinks more by it: a letter and its marks that become one character are at most four units of UTF-16. */
const unitsPerCharacter = 8

/**
 * The text in a Unicode form, cut where it is too long for its limit whatever the form makes of it. Marks are sorted one by one
 * in the square of their number: 120,000 after one letter stopped a process for 100 s.
 */
export const normalized = (text: string, form: 'NFC' | 'NFKC' | 'NFKD', maxCharacters: number): string =>
  text.slice(0, maxCharacters * unitsPerCharacter).normalize(form)
