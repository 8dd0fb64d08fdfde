/** The ground of a picture and the letters on it, in one theme. */
interface Pair {
  readonly ground: string
  readonly ink: string
}

interface AvatarColour {
  readonly light: Pair
  readonly dark: Pair
}

const colour = (light: string, lightInk: string, dark: string, darkInk: string): AvatarColour => ({
  light: { ground: light, ink: lightInk },
  dark: { ground: dark, ink: darkInk },
})

/**
 * Spaced by how different they look (OKLab), over three steps of lightness, in both themes at once. More of them would
 * look alike again.
 */
export const avatarColours: readonly AvatarColour[] = [
  colour('#ee857f', '#4f1314', '#a54744', '#feedec'),
  colour('#ffaf7a', '#461f01', '#7b3d05', '#feeee4'),
  colour('#c7a336', '#362a01', '#806504', '#faf1dc'),
  colour('#e3e3a1', '#2f2d00', '#3c3a00', '#f3f4dd'),
  colour('#b5d177', '#253101', '#455801', '#eef6e0'),
  colour('#6cbe76', '#00360e', '#2c7c3b', '#e5f8e6'),
  colour('#56ddcb', '#02332e', '#055d54', '#ddf9f4'),
  colour('#02bfc4', '#023234', '#07787b', '#dcf8f9'),
  colour('#bfe4fe', '#002f49', '#043c5a', '#e6f4fe'),
  colour('#8bccff', '#002e4b', '#025483', '#e7f4ff'),
  colour('#5baff4', '#012e4d', '#156eac', '#e7f4ff'),
  colour('#a898f3', '#2d2054', '#6a59ab', '#f1f0ff'),
  colour('#cbb6ff', '#311f52', '#574182', '#f3effe'),
  colour('#fecbf9', '#431740', '#4d284a', '#feebfc'),
  colour('#d888cb', '#44163e', '#924a87', '#ffebfb'),
  colour('#ffa5c5', '#4c122c', '#7b3351', '#feedf2'),
]

/** The colour of an id, the same on every device. */
export function avatarColourOf(id: string): AvatarColour {
  const found = avatarColours[hashOf(id) % avatarColours.length]
  if (found === undefined) throw new Error('There are no colours')
  return found
}

/** FNV-1a with the last step of MurmurHash3: ids that were made one after the other must differ in their low bits. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (const char of id) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
