/** What is code in a text that is being written: names and emoji are not completed there, and names are not replaced. */
const code = /(```[\s\S]*?(?:```|$)|(`+)(?!`)[\s\S]*?[^`]\2(?!`))/

/** The text with its parts changed that are not code. */
export function outsideCode(text: string, change: (part: string) => string): string {
  let rest = text
  let changed = ''
  for (let found = code.exec(rest); found !== null; found = code.exec(rest)) {
    changed += change(rest.slice(0, found.index)) + found[0]
    rest = rest.slice(found.index + found[0].length)
  }
  return changed + change(rest)
}

const closed = /\\`|```[\s\S]*?```|(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g

/** Whether what comes after a text is in code that was begun in it. Inline code ends with its paragraph. */
export function endsInCode(text: string): boolean {
  const open = text.replaceAll(closed, '')
  return open.includes('```') || /`(?:(?!\n\n)[\s\S])*$/.test(open)
}
