'use client'

import { useApolloClient } from '@apollo/client/react'
import { cleaned } from '@parley/text/clean'
import { SendHorizontal, Smile } from 'lucide-react'
import type { RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../../components/button'
import { EmojiPopover } from '../../components/emoji-picker/emoji-popover'
import { announce } from '../../lib/announce'
import { membersOf } from '../../lib/conversations/members'
import { draftOf, isUpdate } from '../../lib/drafts'
import { personOf } from '../../lib/people/people'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { ComposerQuote } from './composer-quote'
import { MessageField } from './message-field'
import type { Quote } from './model/events'
import { toTokens } from './model/mention-names'
import { isSendable } from './model/message-text'
import { NotifyDialog } from './notify-dialog'
import { useTimelines } from './timeline-provider'
import { type GroupMention, useGroupMention } from './use-group-mention'
import { useTypingSignal } from './use-typing'

interface Props {
  readonly conversationId: string
  /** The thread in which one writes; absent for the conversation. */
  readonly threadId?: string
  /** `replyTo`: what it quotes; null for nothing. */
  readonly onSend: (text: string, replyTo: Quote | null) => void
  readonly onEditLast: () => void
  /** A message is being edited: afterwards the focus returns here. */
  readonly isEditing: boolean
}

/** On a touch screen the on-screen keyboard must not open by itself. */
const hasKeyboard = () => window.matchMedia('(pointer: fine)').matches

/** The composer. Enter sends, arrow up edits the last sent message; unsent text is kept as a draft. */
export function Composer({ conversationId, threadId, onSend, onEditLast, isEditing }: Props) {
  const viewer = useViewer()
  const draft = draftOf(viewer.id, threadId ?? conversationId)
  const text = useStore<string>(draft)
  const replyTo = useStore(draft.replyTo)
  const { composer, threadComposer, stores } = useTimelines()
  const field = threadId === undefined ? composer : threadComposer
  const wasEditing = useRef(false)
  const typing = useTypingSignal(threadId === undefined ? conversationId : null)
  const emojiButton = useRef<HTMLButtonElement>(null)
  const [isPicking, setPicking] = useState(false)
  const { cache } = useApolloClient()

  useEffect(() => draft.reread(), [draft])
  useEffect(() => {
    if (wasEditing.current && !isEditing && hasKeyboard()) field.current?.focus()
    wasEditing.current = isEditing
  }, [field, isEditing])
  useReplyFocus(replyTo, field)
  const change = (next: string) => {
    draft.set(next)
    typing.changed(next)
  }
  const insert = (emoji: string) => {
    setPicking(false)
    const { current } = field
    if (current === null) return
    current.setRangeText(emoji, current.selectionStart, current.selectionEnd, 'end')
    change(current.value)
    // After the picker has given the focus back to its button.
    requestAnimationFrame(() => {
      if (hasKeyboard()) current.focus()
    })
  }
  const groupMention = useGroupMention(conversationId)
  const [asked, setAsked] = useState<GroupMention | null>(null)
  const send = (isConfirmed = false) => {
    if (!isSendable(text)) return
    const sent = toTokens(cleaned(text), membersOf(cache, conversationId))
    const many = isConfirmed ? null : groupMention(sent)
    setAsked(many)
    if (many !== null) return
    onSend(sent, replyTo)
    draft.clear()
    typing.stop()
    field.current?.focus()
  }

  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
        onBlur={() => typing.stop()}
        className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-5 md:pb-5"
      >
        {replyTo !== null && (
          <ComposerQuote
            quote={replyTo}
            store={threadId === undefined ? stores.of(conversationId) : stores.thread(conversationId, threadId).replies}
            onNewer={(quote) => draft.replyTo.renew(quote)}
            onCancel={() => {
              draft.replyTo.set(null)
              field.current?.focus()
            }}
          />
        )}
        <MessageField
          ref={field}
          conversationId={conversationId}
          label={threadId === undefined ? 'Message' : 'Reply'}
          placeholder={threadId === undefined ? 'Write a message' : 'Reply in the thread'}
          text={text}
          onChange={change}
          onEnter={() => send()}
          onKey={(event) => {
            if (event.key === 'Escape' && replyTo !== null) draft.replyTo.set(null)
            else if (event.key === 'ArrowUp' && text === '') onEditLast()
            else return
            event.preventDefault()
          }}
          autoFocus={hasKeyboard()}
        >
          <IconButton
            ref={emojiButton}
            label="Insert emoji"
            aria-haspopup="dialog"
            onClick={() => setPicking(true)}
            className="rounded-xl"
          >
            <Smile className="size-4.5" aria-hidden="true" />
          </IconButton>
          <button
            type="submit"
            aria-label="Send"
            title="Send (Enter)"
            disabled={!isSendable(text)}
            className="grid size-9 shrink-0 place-items-center rounded-xl bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:bg-transparent disabled:text-faint"
          >
            <SendHorizontal className="size-4.5" aria-hidden="true" />
          </button>
        </MessageField>
      </form>
      {/* Not in the form: its Enter must not send the message. */}
      {isPicking && <EmojiPopover anchor={emojiButton.current} onPick={insert} onClose={() => setPicking(false)} />}
      {asked !== null && (
        <NotifyDialog {...asked} action="Send" onSend={() => send(true)} onClose={() => setAsked(null)} />
      )}
    </>
  )
}

/** Who begins a reply writes it. Not for one that was begun earlier, which is there when the field appears. */
function useReplyFocus(replyTo: Quote | null, field: RefObject<HTMLTextAreaElement | null>): void {
  const known = useRef(replyTo)
  useEffect(() => {
    const before = known.current
    if (replyTo === before) return
    known.current = replyTo
    if (replyTo === null || isUpdate(before, replyTo)) return
    field.current?.focus()
    announce(`Replying to ${personOf(replyTo.authorId, null).displayName}`)
  }, [replyTo, field])
}
