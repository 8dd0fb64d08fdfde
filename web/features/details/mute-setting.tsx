'use client'

import { useApolloClient } from '@apollo/client/react'
import { Bell, BellOff, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Dialog } from '../../components/dialog'
import { useMuted } from '../../lib/conversations/mute'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { untilTime } from '../../lib/time'
import { mute, unmute } from './change-details'
import { endOf, muteChoices } from './mute-choices'
import { useAsking } from './use-asking'

interface Props {
  readonly conversation: ConversationPartsFragment
}

/** Whether the viewer wants to be told of the conversation, which nobody else sees. */
export function MuteSetting({ conversation }: Props) {
  const apollo = useApolloClient()
  const [isChoosing, setChoosing] = useState(false)
  const isMuted = useMuted(conversation.mute)
  const { ask, isBusy, problem } = useAsking(() => undefined)
  const Sign = isMuted ? BellOff : Bell
  const until = conversation.mute?.until ?? null
  const ends = until === null ? 'until you unmute it' : `until ${untilTime(new Date(until), new Date())}`
  return (
    <section aria-label="Notifications" className="border-t border-line px-2 py-2">
      {/* One button in one place: what has the focus must not go away with what it does. */}
      <button
        type="button"
        aria-haspopup={isMuted ? undefined : 'dialog'}
        aria-describedby={isMuted ? 'mute-ends' : undefined}
        aria-disabled={isBusy}
        onClick={() => {
          if (!isMuted) setChoosing(true)
          else if (!isBusy) void ask(() => unmute(apollo, conversation.id))
        }}
        className="flex min-h-12 w-full items-center gap-3 rounded-lg px-3 text-left text-md font-medium -outline-offset-2! hover:bg-hover"
      >
        <span className="grid size-9 shrink-0 place-items-center text-soft">
          <Sign className="size-4.5" aria-hidden="true" />
        </span>
        {isMuted ? 'Unmute' : 'Mute'}
        {!isMuted && <ChevronRight className="ml-auto size-4 text-faint" aria-hidden="true" />}
      </button>
      {isMuted && (
        <p id="mute-ends" className="px-3 pb-2 pl-15 text-xs text-faint">
          Muted {ends}
        </p>
      )}
      <div role="alert">{problem !== null && <p className="px-3 pb-2 text-sm text-danger">{problem}</p>}</div>
      {isChoosing && <MuteDialog conversation={conversation} onClose={() => setChoosing(false)} />}
    </section>
  )
}

function MuteDialog({ conversation: { id, kind }, onClose }: Props & { readonly onClose: () => void }) {
  const apollo = useApolloClient()
  const { ask, isBusy, problem } = useAsking(onClose)
  return (
    <Dialog title="Mute this conversation" onClose={onClose}>
      <p className="px-5 pb-3 text-sm text-soft">
        Its new messages are not counted for you{kind === 'GROUP' && ', and @all and @here do not call you'}. Mentions
        of your name still do. Nobody else sees that you muted it.
      </p>
      <ul className="border-t border-line p-2">
        {muteChoices.map((choice, index) => (
          <li key={choice.label}>
            <button
              type="button"
              data-first-focus={index === 0 ? true : undefined}
              disabled={isBusy}
              onClick={() => void ask(() => mute(apollo, id, endOf(choice, new Date())))}
              className="flex h-12 w-full items-center rounded-lg px-3 text-left text-md -outline-offset-2! hover:bg-hover disabled:opacity-50"
            >
              {choice.label}
            </button>
          </li>
        ))}
      </ul>
      <div role="alert">{problem !== null && <p className="px-5 pb-4 text-sm text-danger">{problem}</p>}</div>
    </Dialog>
  )
}
