import type { Branded } from './ids'

/** One emoji, in the form that Unicode recommends for interchange: with all of its variation selectors. */
export type Emoji = Branded<'Emoji'>

/** UTF-16 units. The longest emoji of Unicode 17 has 15 of them; the rest is for superfluous variation selectors. */
const longest = 32
// By its constructor: the compiler's target knows no flag `v`.
const oneEmoji = new RegExp('^\\p{RGI_Emoji}$', 'v')
const variationSelectors = /[\uFE0E\uFE0F]/g
/** An emoji that is drawn as text unless a variation selector follows it. */
const drawnAsText = /(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu

/**
 * The emoji, if the text is exactly one emoji of the Unicode version of this Node (17 in Node 24), with or without its
 * variation selectors: ❤ and ❤️ are one. Skin tones make different emoji. Null for any other text.
 */
export function emojiIn(text: string): Emoji | null {
  if (text.length > longest) return null
  const emoji = text.replaceAll(variationSelectors, '').replaceAll(drawnAsText, '$&\uFE0F')
  return oneEmoji.test(emoji) ? (emoji as Emoji) : null
}
