'use client'

import { Clock3 } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../../components/avatar'
import { cx } from '../../lib/cx'
import { usePerson } from '../../lib/people/use-person'
import { draftOf } from '../../lib/drafts'
import { useViewer } from '../../lib/session/use-session'
import { clockTime, exactTime, marginTime } from '../../lib/time'
import { useStorePart } from '../../lib/use-store'
import { subjectOf } from './message-actions'
import { MessageBar } from './message-bar'
import { MessageEditor } from './message-editor'
import { MessageSheet } from './message-sheet'
import { MessageText } from './message-text'
import { ReactionChips } from './reaction-chips'
import { ReactionDialogs } from './reaction-dialogs'
import type { MessageRow } from './model/rows'
import { useTimelines } from './timeline-provider'
import { useMessageActions } from './use-message-actions'
import { useReveal } from './use-reveal'

/** One message: under its author's name, or close below another of the same author. */
export function MessageView({ row }: { readonly row: MessageRow }) {
  const at = new Date(row.at)
  const author = usePerson(row.author)
  const { edits } = useTimelines()
  const edit = useStorePart(edits, (open) => (open !== null && open.messageId === row.message?.id ? open : null))
  const offered = useMessageActions(edit === null ? subjectOf(row) : null)
  const [isSheetOpen, setSheetOpen] = useState(false)
  const { isShown, handlers } = useReveal(row.key, () => setSheetOpen(true))
  return (
    <>
      <article
        tabIndex={-1}
        data-row={row.key}
        aria-label={`${author.displayName}, ${clockTime(at)}`}
        className={cx(
          'group relative flex gap-3 px-5 -outline-offset-2! hover:bg-hover focus-visible:bg-hover pointer-coarse:select-none',
          row.leads ? 'pt-3 pb-0.5' : 'py-0.5',
        )}
        onKeyDown={offered.onKeyDown}
        {...handlers}
      >
        {row.leads ? <Avatar id={author.id} name={author.displayName} /> : <GutterTime at={at} />}
        <div className="min-w-0 flex-1">
          {row.leads && <AuthorLine row={row} name={author.displayName} />}
          {edit === null ? (
            <MessageText
              id={row.key}
              text={row.text}
              editedAt={row.message?.editedAt ?? null}
              faded={row.delivery === 'pending'}
            />
          ) : (
            <MessageEditor edit={edit} />
          )}
          {row.message !== null && <ReactionChips message={row.message} />}
          {row.delivery === 'failed' && <Refused row={row} />}
        </div>
        {isShown && <MessageBar {...offered} />}
        {row.delivery === 'pending' && <Sending />}
      </article>
      {row.message !== null && <ReactionDialogs message={row.message} rowKey={row.key} />}
      {isSheetOpen && offered.actions.length > 0 && (
        <MessageSheet author={author.displayName} text={row.text} onClose={() => setSheetOpen(false)} {...offered} />
      )}
    </>
  )
}

function AuthorLine({ row, name }: { readonly row: MessageRow; readonly name: string }) {
  const at = new Date(row.at)
  return (
    <p className="flex items-baseline gap-2 leading-5">
      <span className="truncate text-md font-semibold">{name}</span>
      <time dateTime={row.at} title={exactTime(at)} className="shrink-0 text-xs text-faint tabular-nums">
        {clockTime(at)}
      </time>
    </p>
  )
}

function Sending() {
  return (
    <span role="img" aria-label="Sending" title="Waiting to be sent" className="absolute right-5 bottom-1.5 text-faint">
      <Clock3 className="size-3.5" aria-hidden="true" />
    </span>
  )
}

function GutterTime({ at }: { readonly at: Date }) {
  return (
    <time
      dateTime={at.toISOString()}
      title={exactTime(at)}
      className="w-9 shrink-0 pt-0.5 text-right text-2xs leading-5 whitespace-nowrap text-faint tabular-nums opacity-0 group-hover:opacity-100"
    >
      {marginTime(at)}
    </time>
  )
}

function Refused({ row }: { readonly row: MessageRow }) {
  const { outbox } = useTimelines()
  const viewer = useViewer()
  const clientId = row.clientId ?? ''
  const edit = () => {
    const item = outbox.takeBack(clientId)
    if (item !== undefined) draftOf(viewer.id, item.conversationId).putBack(item.text)
  }
  return (
    <p className="mt-1 mb-1 inline-flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-danger-wash px-3 py-1.5 text-sm text-danger">
      <span>Not sent. {row.reason}</span>
      {row.isMendable ? (
        <TextButton onClick={edit}>Edit</TextButton>
      ) : (
        <TextButton onClick={() => outbox.retry(clientId)}>Retry</TextButton>
      )}
      <TextButton onClick={() => outbox.remove([clientId])}>Delete</TextButton>
    </p>
  )
}

function TextButton(props: { readonly onClick: () => void; readonly children: string }) {
  return <button type="button" className="font-semibold underline underline-offset-4" {...props} />
}
