'use client'

import { ConversationPicker } from '../../components/finder/conversation-picker'
import { PaneHeader } from '../../components/pane-header'
import { draftOf } from '../../lib/drafts'
import { hasKeyboard } from '../../lib/has-keyboard'
import { replacePlace } from '../../lib/navigate'
import { conversationPath } from '../../lib/place'
import { useViewer } from '../../lib/session/use-session'

const writeTo = (name: string | null) => (name === null ? 'Choose a conversation' : `Write to ${name}`)

/** Puts what another app has handed over into the draft of a conversation. Nothing is sent before the viewer sends it. */
export function SharePane({ text }: { readonly text: string }) {
  const viewer = useViewer()
  const write = (conversationId: string) => {
    const draft = draftOf(viewer.id, conversationId)
    draft.reread()
    draft.set(draft.get() === '' ? text : `${draft.get()}\n${text}`)
    // Back does not share it again.
    replacePlace(conversationPath(conversationId))
  }
  return (
    <>
      <PaneHeader>
        <h1 className="text-base font-semibold">Share</h1>
      </PaneHeader>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain pb-[max(1rem,env(safe-area-inset-bottom))]">
        <div className="mx-auto w-full max-w-2xl pt-5">
          {text === '' ? (
            <p className="px-5 text-md text-soft">There is nothing to share.</p>
          ) : (
            <>
              <blockquote
                dir="auto"
                className="mx-5 mb-5 line-clamp-6 border-l-2 border-accent pl-3 text-md wrap-anywhere whitespace-pre-line text-soft"
              >
                {text}
              </blockquote>
              <ConversationPicker action={writeTo} autoFocus={hasKeyboard()} onChoose={({ id }) => write(id)} />
            </>
          )}
        </div>
      </div>
    </>
  )
}
