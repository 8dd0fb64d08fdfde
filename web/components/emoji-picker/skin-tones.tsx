'use client'

import type { KeyboardEvent } from 'react'
import { useRef, useState } from 'react'
import { cx } from '../../lib/cx'
import type { SkinTone } from '../../lib/emoji/emoji-choices'

const tones: readonly (readonly [tone: SkinTone, hand: string, name: string])[] = [
  [0, '✋', 'Default skin tone'],
  [1, '✋🏻', 'Light skin tone'],
  [2, '✋🏼', 'Medium-light skin tone'],
  [3, '✋🏽', 'Medium skin tone'],
  [4, '✋🏾', 'Medium-dark skin tone'],
  [5, '✋🏿', 'Dark skin tone'],
]

interface Props {
  readonly tone: SkinTone
  readonly onChoose: (tone: SkinTone) => void
}

/** The chosen tone, which opens the others: arrows move between them, and choosing one closes them. */
export function SkinTones({ tone, onChoose }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const [, hand, name] = tones[tone] ?? ([0, '✋', ''] as const)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const all = [...event.currentTarget.querySelectorAll('button')]
    const at = all.findIndex((one) => one === event.target)
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Escape: 0 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (step === 0) close()
    else all.at((at + step) % all.length)?.focus()
  }
  return (
    <div className="relative shrink-0">
      <button
        ref={button}
        type="button"
        aria-label={`Skin tone: ${name}`}
        title={name}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="grid size-9 place-items-center rounded-lg text-xl leading-none hover:bg-hover"
      >
        {hand}
      </button>
      {open && (
        <div
          role="radiogroup"
          aria-label="Skin tone"
          onKeyDown={onKeyDown}
          className="absolute top-full right-0 z-10 mt-1 flex rounded-xl border border-line bg-raised p-1 shadow-float"
        >
          {tones.map(([one, sign, label]) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === tone}
              aria-label={label}
              title={label}
              tabIndex={one === tone ? 0 : -1}
              autoFocus={one === tone}
              onClick={() => {
                onChoose(one)
                close()
              }}
              className={cx(
                'grid size-9 place-items-center rounded-lg text-xl leading-none hover:bg-hover',
                one === tone && 'bg-selected',
              )}
            >
              {sign}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
