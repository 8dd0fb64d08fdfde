import type { CodeToken } from './highlighter'
import { languageOf, languages } from './languages'

/**
 * UTF-16 units. Longer code has no colours: highlight.js takes time quadratic in the length for code that was written to
 * be slow, which is half a second for 8,000 characters and a fourteenth of that for these.
 */
export const longestInColours = 3_000
/** How much longer than it took the next one waits, so that no code keeps the page from anything else. */
const pause = 20

let turn: Promise<unknown> = Promise.resolve()

/**
 * Code in colours; null for a language that has none, for code that is too long, and when it could not be loaded. The
 * highlighter and each language are loaded when they are first needed.
 */
export async function codeTokens(language: string, text: string): Promise<readonly CodeToken[] | null> {
  const name = languageOf(language)
  const load = name === undefined ? undefined : languages[name]?.load
  if (name === undefined || load === undefined || text.length > longestInColours) return null
  try {
    const [{ highlight }, { default: grammar }] = await Promise.all([import('./highlighter'), load()])
    return await inTurn(() => highlight(name, grammar, text))
  } catch {
    // The network is away: code can be read without colours.
    return null
  }
}

function inTurn<T>(work: () => T): Promise<T> {
  const result = turn.then(() => {
    const started = performance.now()
    const value = work()
    return { value, cost: performance.now() - started }
  })
  turn = result.then(
    ({ cost }) => new Promise((resolve) => setTimeout(resolve, cost * pause)),
    () => undefined,
  )
  return result.then(({ value }) => value)
}
