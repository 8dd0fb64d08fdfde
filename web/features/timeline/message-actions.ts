import { nameOf } from '../../lib/people/people'
import {
  Bookmark,
  BookmarkX,
  CheckCheck,
  Copy,
  Forward,
  Link2,
  type LucideIcon,
  MessageSquareDot,
  MessageSquareText,
  Pencil,
  Pin,
  PinOff,
  Reply,
  SmilePlus,
  Trash2,
  UsersRound,
} from 'lucide-react'
import { copyText } from '../../lib/copy-text'
import { type Key, keyLetter } from '../../lib/key-letter'
import { permalinkPath } from '../../lib/permalink'
import { openSidePane } from '../../lib/side-pane'
import { lineOf, type Message } from './model/events'
import { isEditable, type MessageRow } from './model/rows'
import type { Timelines } from './timeline-provider'
import { readable } from './model/mention-names'

/** The conversation of a message, and what the viewer is in it. */
export interface Place {
  readonly conversationId: string
  /** The thread in whose list the message is shown; null for the list of the conversation. */
  readonly threadId: string | null
  /** The thread takes no replies any more: its message was deleted. */
  readonly isClosed: boolean
  /** The viewer may delete what others wrote. */
  readonly moderates: boolean
}

/** A message, and what the viewer is to it. */
export interface Subject extends Place {
  readonly message: Message
  /** The viewer wrote it. */
  readonly own: boolean
}

export interface MessageAction {
  readonly id: string
  readonly label: string
  /** An emoji for a quick reaction: they stand in a row, the first of them in the bar as well. */
  readonly icon: LucideIcon | string
  /** The keys, as in `KeyboardEvent.key`, that do it while a message has the focus; the first is shown. */
  readonly keys: readonly [string, ...string[]]
  readonly look?: 'danger'
  /** What it is called instead, when it takes back what was done. */
  readonly undo?: {
    readonly label: string
    readonly icon: LucideIcon
    readonly isFor: (subject: Subject) => boolean
  }
  /** Whether it is offered. The server decides again. */
  readonly allowed: (subject: Subject) => boolean
  /** Returns what to tell the viewer, if they would not see it. */
  readonly run: (subject: Subject, timelines: Timelines) => Promise<string> | undefined
}

const isThere = ({ message }: Subject): boolean => message.deletedAt === null

/** The reactions that need no picker. */
const quickReactions = ['👍', '❤️', '😂', '🎉', '😮', '🙏']

/**
 * Everything that can be done to a message: the bar with its menu, the sheet of a phone and the keys are made from this
 * one table, in its order.
 */
export const messageActions: readonly MessageAction[] = [
  ...quickReactions.map((emoji, index): MessageAction => ({
    id: emoji,
    label: `React with ${emoji}`,
    icon: emoji,
    keys: [`${index + 1}`],
    allowed: isThere,
    run: ({ message }, { changes }) => {
      changes.toggleReaction(message, emoji)
      return undefined
    },
  })),
  {
    id: 'react',
    label: 'Add reaction',
    icon: SmilePlus,
    keys: ['a'],
    allowed: isThere,
    run: ({ message, threadId }, { reacting }) => {
      reacting.set({ messageId: message.id, threadId, shows: 'picker' })
      return undefined
    },
  },
  {
    id: 'reply',
    label: 'Reply',
    icon: Reply,
    keys: ['r'],
    allowed: (subject) => isThere(subject) && !subject.isClosed,
    run: ({ message, conversationId, threadId }, { reply }) => {
      reply(threadId ?? conversationId, message)
      return undefined
    },
  },
  {
    id: 'thread',
    label: 'Reply in thread',
    icon: MessageSquareText,
    keys: ['t'],
    allowed: ({ threadId }) => threadId === null,
    run: ({ message }) => {
      openSidePane(message.conversationId, { kind: 'thread', rootId: message.threadId ?? message.id })
      return undefined
    },
  },
  {
    id: 'edit',
    label: 'Edit message',
    icon: Pencil,
    keys: ['e'],
    allowed: ({ own, message }) => own && isEditable(message),
    run: ({ message, threadId }, { editing }) => {
      editing.begin(message, threadId)
      return undefined
    },
  },
  {
    id: 'copy',
    label: 'Copy text',
    icon: Copy,
    keys: ['c'],
    allowed: () => true,
    run: async ({ message }) =>
      (await copyText(readable(message.text, nameOf))) ? 'Text copied' : 'The text could not be copied',
  },
  {
    id: 'link',
    label: 'Copy link',
    icon: Link2,
    keys: ['l'],
    allowed: () => true,
    run: async ({ conversationId, message: { id: messageId } }) =>
      (await copyText(window.location.origin + permalinkPath({ conversationId, messageId })))
        ? 'Link copied'
        : 'The link could not be copied',
  },
  {
    id: 'forward',
    label: 'Forward',
    icon: Forward,
    keys: ['f'],
    allowed: isThere,
    run: ({ message }, { forwarding }) => {
      forwarding.set(message)
      return undefined
    },
  },
  {
    id: 'unread',
    label: 'Mark unread from here',
    icon: MessageSquareDot,
    keys: ['u'],
    allowed: ({ own, threadId, message: { line } }) => !own && threadId === null && line !== null,
    run: async ({ conversationId, message: { line } }, { markUnread, keptUnread }) => {
      if (line === null) return 'This message is not in the conversation.'
      const before = keptUnread.get()
      // At once, so that nothing is read meanwhile.
      keptUnread.set({ conversationId, line })
      const problem = await markUnread(conversationId, line)
      if (problem !== null) keptUnread.set(before)
      return problem ?? 'Marked as unread'
    },
  },
  {
    id: 'readers',
    label: 'Read by',
    icon: CheckCheck,
    keys: ['i'],
    allowed: ({ own, threadId, message: { line } }) => own && threadId === null && line !== null,
    run: ({ message }, { readersShown }) => {
      readersShown.set(message.id)
      return undefined
    },
  },
  {
    id: 'pin',
    label: 'Pin message',
    icon: Pin,
    keys: ['p'],
    undo: { label: 'Unpin message', icon: PinOff, isFor: ({ message }) => message.pinnedAt !== null },
    allowed: isThere,
    run: ({ message }, { changes }) => {
      void changes.want(message, { kind: 'pin', isPinned: message.pinnedAt === null })
      return undefined
    },
  },
  {
    id: 'bookmark',
    label: 'Bookmark',
    icon: Bookmark,
    keys: ['b'],
    undo: { label: 'Remove bookmark', icon: BookmarkX, isFor: ({ message }) => message.isBookmarked === true },
    allowed: isThere,
    run: ({ message }, { changes }) => {
      void changes.want(message, { kind: 'bookmark', isBookmarked: message.isBookmarked !== true })
      return undefined
    },
  },
  {
    id: 'reactors',
    label: 'See who reacted',
    icon: UsersRound,
    keys: ['w'],
    allowed: ({ message }) => message.reactions.length > 0,
    run: ({ message, threadId }, { reacting }) => {
      reacting.set({ messageId: message.id, threadId, shows: 'people' })
      return undefined
    },
  },
  {
    id: 'delete',
    label: 'Delete message',
    icon: Trash2,
    keys: ['Delete', 'Backspace'],
    look: 'danger',
    allowed: ({ own, moderates }) => own || moderates,
    run: ({ message, own, threadId }, { doomed }) => {
      doomed.set({ messageId: message.id, line: lineOf(message), own, threadId })
      return undefined
    },
  },
]

type Press = Key & Pick<KeyboardEvent, 'repeat' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** What a key does to the message that has the focus. One that is held down does it once: some take back what they did. */
export function actionOf(press: Press, actions: readonly MessageAction[]): MessageAction | undefined {
  if (press.repeat || press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return undefined
  const letter = keyLetter(press)
  return actions.find(({ keys }) => keys.includes(letter))
}

export const isQuick = ({ icon }: MessageAction): boolean => typeof icon === 'string'

/** The others have their keys, and stand in the picker. */
const quickInBar = 1
const mostInBar = 5

/** What stands in the bar, and what in the menu behind its last button. The order of the table is the order of both. */
export function barAndMenu(actions: readonly MessageAction[]) {
  const all = [...actions.filter(isQuick).slice(0, quickInBar), ...actions.filter((action) => !isQuick(action))]
  const inBar = all.length > mostInBar ? mostInBar - 1 : mostInBar
  return { bar: all.slice(0, inBar), menu: all.slice(inBar) }
}

export const actionsFor = (subject: Subject): readonly MessageAction[] =>
  messageActions
    .filter(({ allowed }) => allowed(subject))
    .map((action) => {
      const { undo } = action
      return undo?.isFor(subject) === true ? { ...action, label: undo.label, icon: undo.icon } : action
    })

/** Null for a message that is not in the timeline yet, and for one that was deleted. */
export const subjectOf = ({ message, own }: MessageRow, place: Place): Subject | null =>
  message === null || message.deletedAt !== null ? null : { message, own, ...place }
