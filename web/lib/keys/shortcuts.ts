import { announce } from '../announce'
import { markReadHere, openKeys, openNewGroup, openSwitcher } from '../commands'
import { neighbour, neighbourWhere } from '../conversations/neighbour'
import { isUnread } from '../conversations/unread'
import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { openPlace, placeStore } from '../navigate'
import { type ConversationPlace, conversationPath } from '../place'
import type { Chord } from './chord'
import { fieldToWrite, focusRegion, hasLetters, isAtRest, isField } from './focus'

/** What is there when a key is pressed. */
export interface Scene {
  /** What has the focus. */
  readonly focus: Element
  /** Latest activity first, as in the list. */
  readonly conversations: readonly ConversationPartsFragment[]
}

export interface Shortcut {
  /** What it does, as the list of keys says it. */
  readonly words: string
  /** Each of them does it; none for whatever writes a character. */
  readonly keys: readonly Chord[]
  /** Whether it acts there; everywhere when it is absent. */
  readonly actsAt?: (scene: Scene) => boolean
  /** The key goes on to do what it does in the field that has the focus then. */
  readonly isPassedOn?: true
  readonly run: (scene: Scene) => void
}

export const switcherKey: Chord = { key: 'k', mod: true }

/** The keys that act anywhere, unless a dialog is open or what has the focus has taken the key: the one table of them. */
export const shortcuts: readonly Shortcut[] = [
  { words: 'Find a conversation or a person', keys: [switcherKey], run: openSwitcher },
  { words: 'New group', keys: [{ key: 'g', mod: true, shift: true }], run: openNewGroup },
  { words: 'Next conversation', keys: [{ key: 'ArrowDown', alt: true }], run: goBeside(1) },
  { words: 'Previous conversation', keys: [{ key: 'ArrowUp', alt: true }], run: goBeside(-1) },
  { words: 'Next unread conversation', keys: [{ key: 'ArrowDown', alt: true, shift: true }], run: goToUnread(1) },
  { words: 'Previous unread conversation', keys: [{ key: 'ArrowUp', alt: true, shift: true }], run: goToUnread(-1) },
  {
    words: 'Next part of the window: list, messages, field, pane beside',
    keys: [{ key: 'F6' }, { key: 'F6', ctrl: true }],
    run: () => focusRegion(1),
  },
  {
    words: 'Previous part of the window',
    keys: [
      { key: 'F6', shift: true },
      { key: 'F6', ctrl: true, shift: true },
    ],
    run: () => focusRegion(-1),
  },
  {
    words: 'Mark the conversation as read, and go to its end',
    keys: [{ key: 'Escape' }],
    actsAt: ({ focus }) => markReadHere.get() !== null && openConversation()?.beside === null && isAtRest(focus),
    run: () => markReadHere.get()?.(),
  },
  { words: 'Show all keys, also while you write', keys: [{ key: '/', mod: true }], run: openKeys },
  {
    words: 'Show all keys',
    // As it is on keyboards for Arabic and for Japanese, too.
    keys: [{ key: '?' }, { key: '؟' }, { key: '？' }],
    actsAt: ({ focus }) => !isField(focus),
    run: openKeys,
  },
  {
    words: 'Write, from anywhere but a message',
    keys: [],
    actsAt: ({ focus }) => !isField(focus) && !hasLetters(focus),
    isPassedOn: true,
    run: ({ focus }) => fieldToWrite(focus)?.focus(),
  },
]

function openConversation(): ConversationPlace | null {
  const place = placeStore.get()
  return place.kind === 'conversation' ? place : null
}

const activeId = (): string | null => openConversation()?.id ?? null

function goBeside(step: 1 | -1) {
  return ({ conversations }: Scene): void => {
    const next = neighbour(conversations, activeId(), step)
    if (next !== null) openPlace(conversationPath(next.id))
  }
}

function goToUnread(step: 1 | -1) {
  return ({ conversations }: Scene): void => {
    const now = new Date()
    const next = neighbourWhere(conversations, { activeId: activeId(), step }, (one) => isUnread(one, now))
    if (next === null) announce('No other conversation is unread')
    else openPlace(conversationPath(next.id))
  }
}
