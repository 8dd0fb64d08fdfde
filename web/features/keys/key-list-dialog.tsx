import { Fragment } from 'react'
import { Dialog } from '../../components/dialog'
import type { KeyLine, KeySection } from '../../lib/keys/key-list'

interface Props {
  readonly sections: readonly KeySection[]
  readonly onClose: () => void
}

/** All keys. */
export function KeyListDialog({ sections, onClose }: Props) {
  return (
    <Dialog title="Keyboard shortcuts" look="wide" onClose={onClose}>
      <div
        tabIndex={0}
        data-first-focus
        role="group"
        aria-label="All keys"
        className="min-h-0 overflow-y-auto overscroll-contain px-5 pt-2 pb-5 -outline-offset-2! sm:columns-2 sm:gap-8"
      >
        {sections.map((section) => (
          <Section key={section.title} {...section} />
        ))}
      </div>
    </Dialog>
  )
}

function Section({ title, lines }: KeySection) {
  return (
    <section aria-label={title} className="mb-5 break-inside-avoid">
      <h3 className="mb-1.5 text-xs font-medium text-faint">{title}</h3>
      <dl>
        {lines.map((line) => (
          <Line key={line.words} {...line} />
        ))}
      </dl>
    </section>
  )
}

function Line({ words, keys }: KeyLine) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4 border-t border-line py-1.5">
      <dt className="text-sm">{words}</dt>
      <dd className="flex shrink-0 flex-wrap items-center justify-end gap-1 text-xs text-faint">
        {keys.map((chord, index) => (
          <Fragment key={chord.join(' ')}>
            {index > 0 && <span>or</span>}
            {chord.map((name) => (
              <kbd
                key={name}
                className="min-w-6 rounded border border-line-strong bg-paper px-1.5 py-0.5 text-center font-sans text-xs text-soft"
              >
                {name}
              </kbd>
            ))}
          </Fragment>
        ))}
      </dd>
    </div>
  )
}
