/** Letters that Unicode does not take apart, as people write them on another keyboard. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
}
const plainLetters = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu')
const accents = /[\u0300-\u036f]/g
const hasOnlyAscii = /^[\0-\x7f]*$/

/** A text as it is compared: without case and accents. */
export function folded(text: string): string {
  if (hasOnlyAscii.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').replace(accents, '').toLowerCase()
  return bare.replace(plainLetters, (letter) => plain[letter] ?? letter)
}

/**
 * Those of whose names one begins with what is typed, then those that have it elsewhere; equal ones keep their order. Of
 * several words each must be found. Nothing typed is in every name.
 */
export function matching<Item>(
  items: readonly Item[],
  typed: string,
  namesOf: (item: Item) => readonly string[],
): readonly Item[] {
  // As one writes a username.
  const whole = folded(typed).trim().replace(/^@/, '').replace(/\s+/g, ' ')
  if (whole === '') return items
  const words = whole.split(' ')
  const [beginning, atWords, within]: [Item[], Item[], Item[]] = [[], [], []]
  for (const item of items) {
    const names = namesOf(item).map(folded)
    if (names.some((name) => name.startsWith(whole))) beginning.push(item)
    else if (words.every((word) => names.some((name) => beginsWord(name, word)))) atWords.push(item)
    else if (words.every((word) => names.some((name) => name.includes(word)))) within.push(item)
  }
  return [...beginning, ...atWords, ...within]
}

const inWord = /[\p{L}\p{M}\p{N}]/u

function beginsWord(name: string, word: string): boolean {
  for (let at = name.indexOf(word); at !== -1; at = name.indexOf(word, at + 1))
    if (at === 0 || !inWord.test(name.charAt(at - 1))) return true
  return false
}
