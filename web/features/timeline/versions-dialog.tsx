'use client'

import { mentionsIn } from '@parley/text/mentions'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { people } from '../../lib/people/people'
import { clockTime, dayLabel, exactTime } from '../../lib/time'
import { ChangedText } from './changed-text'
import { readable } from './model/mention-names'
import { type ShownVersion, shownVersions, type Versions } from './model/versions'
import { useReactorNames } from './use-reactor-names'
import { useVersions } from './use-versions'

interface Props {
  readonly messageId: string
  readonly editedAt: string | null
  readonly onClose: () => void
}

/** The texts that a message had, the newest first, each with what it changed. */
export function VersionsDialog({ messageId, editedAt, onClose }: Props) {
  const { versions, problem, isLoading, earlier, retry } = useVersions(messageId, editedAt)
  return (
    <Dialog title="Edit history" onClose={onClose}>
      {versions === null && problem === null && <p className="px-5 pb-6 text-sm text-faint">Loading…</p>}
      {versions !== null && <VersionList versions={versions} />}
      {problem !== null && (
        <div role="alert" className="space-y-3 border-t border-line px-5 py-4 text-sm text-danger">
          <p>{problem}</p>
          <Button look="quiet" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
      {versions?.hasEarlier === true && problem === null && (
        <div className="border-t border-line px-5 py-3">
          <Button look="quiet" disabled={isLoading} onClick={earlier}>
            Show earlier versions
          </Button>
        </div>
      )}
    </Dialog>
  )
}

function VersionList({ versions }: { readonly versions: Versions }) {
  const shown = shownVersions(versions)
  const newest = versions.known.at(-1)?.number
  return (
    // With the keyboard it is scrolled from here.
    <ol reversed tabIndex={0} aria-label="Versions" className="overflow-y-auto border-t border-line -outline-offset-2!">
      {shown.map((version) => (
        <VersionItem key={version.number} version={version} isNewest={version.number === newest} />
      ))}
    </ol>
  )
}

interface ItemProps {
  readonly version: ShownVersion
  readonly isNewest: boolean
}

function VersionItem({ version: { before, text, at }, isNewest }: ItemProps) {
  const names = useNames(`${before ?? ''} ${text}`)
  const time = new Date(at)
  const what = before === null ? 'Sent' : isNewest ? 'Now' : 'Edited'
  return (
    <li className="border-line px-5 py-3 not-first:border-t">
      <p className="flex items-baseline gap-2 pb-1 text-xs text-faint">
        <span className="font-semibold text-soft">{what}</span>
        <time dateTime={at} title={exactTime(time)} className="tabular-nums">
          {dayLabel(time, new Date())}, {clockTime(time)}
        </time>
      </p>
      <ChangedText before={before === null ? null : names(before)} after={names(text)} />
    </li>
  )
}

/** Writes a text with the names of those whom it mentions. */
function useNames(text: string): (text: string) => string {
  const nameOf = useReactorNames(mentionsIn(text).userIds)
  return (one) => readable(one, (id) => (people.get().has(id) ? nameOf(id) : null))
}
