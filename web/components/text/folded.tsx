'use client'

import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { cx } from '../../lib/cx'

interface Props {
  /** Remembers what was unfolded while the page is open: a row far outside the window is taken from it. */
  readonly id: string
  /** The text of what is folded. */
  readonly text: string
  readonly children: ReactNode
}

const mostLines = 12
/** On the narrowest screen, of the widest letters. */
const fewestInLine = 18

/** Whether a text may have more lines than are shown: only then it is measured. */
const mayBeLong = (text: string): boolean =>
  text.length / fewestInLine + (text.match(/\n/g)?.length ?? 0) > mostLines - 2

const unfolded = new Set<string>()

/** Twelve lines of a longer text, and a button for the rest. */
export function Folded(props: Props) {
  return mayBeLong(props.text) ? <Measured {...props} /> : props.children
}

function Measured({ id, children }: Props) {
  const content = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(() => unfolded.has(id))
  const [isLonger, setLonger] = useState(false)
  useLayoutEffect(() => {
    const { current } = content
    if (current === null) return undefined
    const measure = () => {
      const line = Number.parseFloat(getComputedStyle(current).lineHeight)
      setLonger(current.offsetHeight > mostLines * line + 1)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  const toggle = (open: boolean) => {
    if (open) unfolded.add(id)
    else unfolded.delete(id)
    setOpen(open)
    if (!open) content.current?.scrollIntoView({ block: 'nearest' })
  }
  const isFolded = isLonger && !isOpen
  return (
    <>
      <div
        className={cx(!isOpen && 'max-h-[12lh] overflow-y-clip', isFolded && 'mask-b-from-75%')}
        onFocus={({ target }) => {
          // What the keyboard reaches must be seen.
          if (isFolded && target.matches(':focus-visible')) toggle(true)
        }}
      >
        <div ref={content}>{children}</div>
      </div>
      {isLonger && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => toggle(!isOpen)}
          className="py-0.5 text-sm font-medium text-link underline-offset-4 hover:underline"
        >
          {isOpen ? 'Show less' : 'Show more'}
        </button>
      )}
    </>
  )
}
