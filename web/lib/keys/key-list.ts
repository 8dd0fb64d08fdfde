import { isMac } from '../is-mac'
import { keyNames } from './chord'
import { shortcuts } from './shortcuts'

/** Keys and what they do, as the list of all keys shows them. */
export interface KeyLine {
  readonly words: string
  /** Each of them does it: what stands on the keys that are pressed together. */
  readonly keys: readonly (readonly string[])[]
}

export interface KeySection {
  readonly title: string
  readonly lines: readonly KeyLine[]
}

/** Of the keys that act anywhere. One on the same key of another keyboard is left out. */
export const anywhere = (): KeySection => ({
  title: 'Anywhere',
  lines: shortcuts.map(({ words, keys }) => ({
    words,
    keys:
      keys.length === 0
        ? [['any letter']]
        : keys.filter(({ key }) => isOnOurs(key)).map((key) => keyNames(key, isMac())),
  })),
})

const isOnOurs = (key: string): boolean => /^[\x20-\x7e]+$/.test(key)
