'use client'

import { useApolloClient } from '@apollo/client/react'
import { mentionsIn } from '@parley/text/mentions'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Avatar } from '../../components/avatar'
import { membersOf } from '../../lib/conversations/members'
import { cx } from '../../lib/cx'
import type { Person } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import { useViewer } from '../../lib/session/use-session'
import { closeSidePane, openSidePane } from '../../lib/side-pane'
import { clockTime, exactTime, marginTime } from '../../lib/time'
import { useStorePart } from '../../lib/use-store'
import { ChangeProblems, Problem, TextButton } from './change-problems'
import { DeliveryTick } from './delivery-tick'
import { barAndMenu, subjectOf } from './message-actions'
import { MessageBar } from './message-bar'
import { MessageEditor } from './message-editor'
import { MessageMarks } from './message-marks'
import { MessageMenu } from './message-menu'
import { ForwardedFrom } from './forwarded-from'
import { MessageQuote } from './message-quote'
import { MessageSheet } from './message-sheet'
import { MessageText } from './message-text'
import { ReadersDialog } from './readers-dialog'
import { ReactionChips } from './reaction-chips'
import { ReactionDialogs } from './reaction-dialogs'
import type { Edit } from './model/editing-store'
import { isGone, type MessageRow } from './model/rows'
import { usePlace } from './place'
import { useTimelines } from './timeline-provider'
import { takeBack } from './take-back'
import { RepliedInThread, ThreadSummary } from './thread-summary'
import { Tombstone } from './tombstone'
import { UnfinishedEdit } from './unfinished-edit'
import { isCovered } from './use-covered'
import { useMessageActions } from './use-message-actions'
import { useReveal } from './use-reveal'
import { VersionsDialog } from './versions-dialog'

/** One message: under its author's name, or close below another of the same author. */
export function MessageView({ row }: { readonly row: MessageRow }) {
  const author = usePerson(row.author)
  const { editing, highlighted } = useTimelines()
  const isHighlighted = useStorePart(highlighted, (id) => id !== null && id === row.message?.id)
  const place = usePlace()
  const edit = useStorePart(editing, (open) =>
    open !== null && open.message.id === row.message?.id && open.threadId === place.threadId ? open : null,
  )
  const gone = isGone(row)
  const viewer = useViewer()
  const isMentioned = useMemo(() => row.author.id !== viewer.id && mentions(row.text, viewer.id), [row, viewer.id])
  const offered = useMessageActions(edit === null ? subjectOf(row, place) : null)
  const article = useRef<HTMLElement>(null)
  const [isSheetOpen, setSheetOpen] = useState(false)
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const [menuAt, setMenuAt] = useState<HTMLElement | null>(null)
  // Its bar stays to show what it did.
  const [usedMenu, setUsedMenu] = useState(false)
  const openMenu = (button: HTMLElement) => {
    setMenuAt(button)
    setUsedMenu(true)
  }
  const messageId = row.message?.id
  useEffect(() => {
    if (gone && messageId !== undefined) editing.discard(messageId)
  }, [gone, messageId, editing])
  const { isShown, handlers } = useReveal(`${place.threadId ?? ''} ${row.key}`, edit !== null, () => setSheetOpen(true))
  return (
    <>
      <article
        ref={article}
        tabIndex={-1}
        data-row={row.key}
        data-message={row.message?.id}
        aria-label={`${author.displayName}, ${clockTime(new Date(row.at))}`}
        className={cx(
          'group relative flex gap-3 px-5 -outline-offset-2! hover:bg-hover focus-visible:bg-hover pointer-coarse:select-none',
          row.leads && !gone ? 'pt-3 pb-0.5' : 'py-0.5',
          isMentioned && !isHighlighted && 'bg-mention shadow-[inset_3px_0_0_var(--signal)]',
          isHighlighted ? 'bg-wash' : 'transition-colors duration-700 motion-reduce:transition-none',
        )}
        onKeyDown={offered.onKeyDown}
        {...handlers}
      >
        {gone ? (
          <Gone row={row} />
        ) : (
          <MessageBody row={row} author={author} edit={edit} onSeeHistory={() => setHistoryOpen(true)} />
        )}
        {row.own && !gone && <DeliveryTick row={row} />}
        {(isShown || menuAt !== null || (usedMenu && offered.done !== null)) && (
          <MessageBar isMenuOpen={menuAt !== null} onMore={openMenu} {...offered} />
        )}
      </article>
      {row.message !== null && !gone && <ReactionDialogs message={row.message} row={article} />}
      {row.message !== null && row.own && !gone && <ReadersDialog message={row.message} />}
      {isHistoryOpen && row.message !== null && !gone && (
        <VersionsDialog
          messageId={row.message.id}
          editedAt={row.message.editedAt}
          onClose={() => setHistoryOpen(false)}
        />
      )}
      {menuAt !== null && offered.actions.length > 0 && (
        <MessageMenu
          actions={barAndMenu(offered.actions).menu}
          anchor={menuAt}
          run={offered.run}
          onClose={() => setMenuAt(null)}
        />
      )}
      {isSheetOpen && offered.actions.length > 0 && (
        <MessageSheet author={author.displayName} text={row.text} onClose={() => setSheetOpen(false)} {...offered} />
      )}
    </>
  )
}

/** By name, or with everybody. */
function mentions(text: string, userId: string): boolean {
  const { userIds, all, here } = mentionsIn(text)
  return all || here || userIds.includes(userId)
}

/** What is left of it, and the thread about it. */
function Gone({ row }: { readonly row: MessageRow }) {
  const { threadId } = usePlace()
  return (
    <div className="min-w-0 flex-1">
      <div className="flex gap-3">
        <Tombstone row={row} />
      </div>
      {row.message !== null && threadId === null && (
        <div className="pl-12">
          <ThreadSummary message={row.message} />
        </div>
      )}
    </div>
  )
}

interface BodyProps {
  readonly row: MessageRow
  readonly author: Person
  readonly edit: Edit | null
  readonly onSeeHistory: () => void
}

function MessageBody({ row, author, edit, onSeeHistory }: BodyProps) {
  const isInThread = usePlace().threadId !== null
  return (
    <>
      {row.leads ? <Avatar id={author.id} name={author.displayName} /> : <GutterTime at={new Date(row.at)} />}
      <div className="min-w-0 flex-1">
        {row.leads && <AuthorLine row={row} name={author.displayName} />}
        {row.message !== null && !isInThread && <RepliedInThread message={row.message} />}
        {row.replyToId !== null && <MessageQuote quote={row.quote} />}
        {row.forwardedFromId !== null && (
          <ForwardedFrom id={row.forwardedFromId} person={row.message?.forwardedFrom ?? null} />
        )}
        {edit === null ? (
          <MessageText
            id={row.key}
            text={row.text}
            editedAt={row.message?.editedAt ?? null}
            faded={row.delivery === 'pending'}
            onSeeHistory={onSeeHistory}
          />
        ) : (
          <MessageEditor edit={edit} />
        )}
        {row.message !== null && edit === null && <UnfinishedEdit message={row.message} />}
        {row.message !== null && <MessageMarks message={row.message} />}
        {row.message !== null && <ReactionChips message={row.message} />}
        {row.message !== null && !isInThread && <ThreadSummary message={row.message} />}
        {row.delivery === 'failed' && <Refused row={row} />}
        {row.message !== null && <ChangeProblems messageId={row.message.id} isEditing={edit !== null} />}
      </div>
    </>
  )
}

function AuthorLine({ row, name }: { readonly row: MessageRow; readonly name: string }) {
  const at = new Date(row.at)
  return (
    <p className="flex items-baseline gap-2 leading-5">
      {/* One's own, told apart at a glance. */}
      <span className={cx('truncate text-md font-semibold', row.own && 'text-link')}>{name}</span>
      <time dateTime={row.at} title={exactTime(at)} className="shrink-0 text-xs text-faint tabular-nums">
        {clockTime(at)}
      </time>
    </p>
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
  const { outbox, stores } = useTimelines()
  const { threadId } = usePlace()
  const { cache } = useApolloClient()
  const viewer = useViewer()
  const clientId = row.clientId ?? ''
  const edit = () => {
    const item = takeBack(clientId, { outbox, stores, viewerId: viewer.id, membersOf: (id) => membersOf(cache, id) })
    if (item === undefined) return
    const { conversationId, threadId: rootId } = item
    // Its field is beside the conversation, or behind what is.
    if (rootId !== undefined && threadId === null) openSidePane(conversationId, { kind: 'thread', rootId })
    if (rootId === undefined && threadId !== null && isCovered()) closeSidePane(conversationId)
  }
  return (
    <Problem>
      <span>Not sent. {row.reason}</span>
      {row.isMendable && <TextButton onClick={edit}>Edit</TextButton>}
      {!row.isMendable && !row.isFinal && <TextButton onClick={() => outbox.retry(clientId)}>Retry</TextButton>}
      <TextButton onClick={() => outbox.remove([clientId])}>Delete</TextButton>
    </Problem>
  )
}
