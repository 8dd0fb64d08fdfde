import type { CSSProperties } from 'react'
import { cx } from '../lib/cx'
import { avatarColourOf } from './avatar-colours'

interface Props {
  /** Determines the colour, so that it stays when the name changes. */
  readonly id: string
  readonly name: string
  readonly size?: 'sm' | 'md' | 'lg'
  readonly shape?: 'person' | 'group'
}

const sizes = { sm: 'size-6 text-[0.625rem]', md: 'size-9 text-[0.8125rem]', lg: 'size-14 text-xl' }

/** A generated picture: initials on a personal colour. Decorative: the name is always beside it. */
export function Avatar({ id, name, size = 'md', shape = 'person' }: Props) {
  const rounded = shape === 'person' ? 'rounded-full' : 'rounded-[30%]'
  return (
    <span
      aria-hidden="true"
      style={tintOf(id)}
      className={cx(
        'avatar-tint inline-grid shrink-0 place-items-center font-semibold select-none',
        sizes[size],
        rounded,
      )}
    >
      {initialsOf(name)}
    </span>
  )
}

function tintOf(id: string): CSSProperties {
  const { light, dark } = avatarColourOf(id)
  const tint = {
    '--tint': light.ground,
    '--tint-ink': light.ink,
    '--tint-dark': dark.ground,
    '--tint-dark-ink': dark.ink,
  }
  return tint as CSSProperties
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  const initials = ends.map((word) => firstLetter(word ?? '')).join('')
  return initials === '' ? '?' : initials.toLocaleUpperCase()
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first grapheme: accents and emoji modifiers belong to their letter. */
function firstLetter(word: string): string {
  return letters.segment(word)[Symbol.iterator]().next().value?.segment ?? ''
}
