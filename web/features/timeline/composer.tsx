'use client'

import { SendHorizontal, Smile } from 'lucide-react'
import { useEffect } from 'react'
import { IconButton } from '../../components/button'
import { EmojiPopover } from '../../components/emoji-picker/emoji-popover'
import { draftOf } from '../../lib/drafts'
import { hasKeyboard } from '../../lib/has-keyboard'
import { useViewer } from '../../lib/session/use-session'
import { useStore } from '../../lib/use-store'
import { ComposerQuote } from './composer-quote'
import { MessageField } from './message-field'
import type { Quote } from './model/events'
import { isSendable } from './model/message-text'
import { NotifyDialog } from './notify-dialog'
import { useTimelines } from './timeline-provider'
import { useFocusAfterEdit, useReplyFocus } from './use-composer-focus'
import { useEmojiInsertion } from './use-emoji-insertion'
import { useSending } from './use-sending'
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

/** The composer. Enter sends, arrow up edits the last sent message; unsent text is kept as a draft. */
export function Composer({ conversationId, threadId, onSend, onEditLast, isEditing }: Props) {
  const viewer = useViewer()
  const draft = draftOf(viewer.id, threadId ?? conversationId)
  const text = useStore<string>(draft)
  const replyTo = useStore(draft.replyTo)
  const { composer, threadComposer, stores } = useTimelines()
  const field = threadId === undefined ? composer : threadComposer
  const typing = useTypingSignal(threadId === undefined ? conversationId : null)
  const change = (next: string) => {
    draft.set(next)
    typing.changed(next)
  }
  const emoji = useEmojiInsertion(field, change)
  const onSent = () => {
    typing.stop()
    field.current?.focus()
  }
  const { send, asked, cancel } = useSending(conversationId, { draft, onSend, onSent })
  useEffect(() => draft.follow(), [draft])
  useFocusAfterEdit(isEditing, field)
  useReplyFocus(replyTo, field)

  return (
    <>
      <form
        data-region={threadId === undefined ? 'composer' : undefined}
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
            else if (event.key === 'ArrowUp' && !event.altKey && text === '') onEditLast()
            else return
            event.preventDefault()
          }}
          autoFocus={hasKeyboard()}
        >
          <IconButton
            ref={emoji.button}
            label="Insert emoji"
            aria-haspopup="dialog"
            onClick={emoji.open}
            className="rounded-xl"
          >
            <Smile className="size-4.5" aria-hidden="true" />
          </IconButton>
          <SendButton disabled={!isSendable(text)} />
        </MessageField>
      </form>
      {/* Not in the form: its Enter must not send the message. */}
      {emoji.isOpen && <EmojiPopover anchor={emoji.button.current} onPick={emoji.insert} onClose={emoji.close} />}
      {asked !== null && <NotifyDialog {...asked} action="Send" onSend={() => send(true)} onClose={cancel} />}
    </>
  )
}

function SendButton({ disabled }: { readonly disabled: boolean }) {
  return (
    <button
      type="submit"
      aria-label="Send"
      title="Send (Enter)"
      disabled={disabled}
      className="grid size-9 shrink-0 place-items-center rounded-xl pointer-coarse:size-11 bg-accent text-on-accent transition-colors hover:bg-accent-hover disabled:bg-transparent disabled:text-faint"
    >
      <SendHorizontal className="size-4.5" aria-hidden="true" />
    </button>
  )
}
