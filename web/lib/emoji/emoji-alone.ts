/**
 * One emoji by the grammar of Unicode (UTS 51), whatever Unicode version the browser knows. A character that is drawn as text
 * counts only with its variation selector, so that digits and © are none.
 */
const part = String.raw`(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|(?!\p{Regional_Indicator})\p{Emoji_Presentation}\uFE0F?|\p{Extended_Pictographic}\uFE0F)`
const joined = String.raw`\u200D(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|\p{Extended_Pictographic}\uFE0F?)`
const tags = String.raw`[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,6}\u{E007F}`
const one = String.raw`(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|${part}(?:${tags}|(?:${joined})+)?)`
const alone = new RegExp(String.raw`^(?:${one}\s*){1,3}$`, 'u')

/** UTF-16 units. Three emoji of the longest kind and the spaces between them. */
const longest = 60

/** Whether a text is one to three emoji and nothing else: then they are drawn large. */
export const isEmojiAlone = (text: string): boolean => text.length <= longest && alone.test(text.trim())
