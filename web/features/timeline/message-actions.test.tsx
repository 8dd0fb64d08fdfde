import { renderToStaticMarkup } from 'react-dom/server'
import { Store } from '../../lib/store'
import { ada, bob, messageReplied, messageSent } from '../../testing/timeline-log'
import { actionOf, actionsFor, barAndMenu, messageActions, subjectOf } from './message-actions'
import { MessageBar } from './message-bar'
import type { Message } from './model/events'
import { type MessageRow, timelineRows } from './model/rows'
import { inThread } from './model/thread-source'
import type { UnreadFrom } from '../../lib/kept-unread'
import type { Timelines } from './timeline-provider'

const rowsFor = (viewer: typeof ada): readonly MessageRow[] =>
  timelineRows({
    events: [messageSent(1)],
    echoes: [{ clientId: 'k9', conversationId: 'c', text: 'mine', at: messageSent(2).at, status: 'pending' }],
    quotes: new Map(),
    viewer,
    readLine: null,
    complete: true,
  }).filter((row) => row.kind === 'message')

const member = { conversationId: 'c', threadId: null, isClosed: false, moderates: false }

const offered = (viewer: typeof ada, moderates = false) => {
  const [row] = rowsFor(viewer)
  const subject = row === undefined ? null : subjectOf(row, { ...member, moderates })
  return subject === null ? [] : actionsFor(subject).map(({ id }) => id)
}

const bar = { done: null, run: () => undefined, isMenuOpen: false, onMore: () => undefined }

const quickCount = 6
const reacting = ['👍', '❤️', '😂', '🎉', '😮', '🙏', 'react']

describe('the actions of a message', () => {
  it('have keys of their own, and none of those that walk, scroll or press a button', () => {
    const keys = messageActions.flatMap((action) => action.keys)
    expect(new Set(keys).size).toBe(keys.length)
    const taken = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Escape', 'Enter', ' ', 'Tab', 'Home', 'End']
    expect(keys.filter((key) => taken.includes(key) || key !== (key.length === 1 ? key.toLowerCase() : key))).toEqual(
      [],
    )
  })

  it('are done by their key alone, once however long it is held', () => {
    const press = { key: '1', code: '', repeat: false, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }
    const done = (change: Partial<typeof press>) => actionOf({ ...press, ...change }, messageActions)?.id
    expect([done({}), done({ key: 'E' }), done({ key: 'Delete' })]).toEqual(['👍', 'edit', 'delete'])
    expect(done({ key: 'к', code: 'KeyR' })).toBe('reply')
    const others = [{ repeat: true }, { key: 'c', ctrlKey: true }, { altKey: true }, { metaKey: true }, { key: 'x' }]
    expect(others.map(done)).toEqual(others.map(() => undefined))
  })

  it('are those that the viewer may do', () => {
    expect(offered(ada)).toEqual([
      ...reacting,
      'reply',
      'thread',
      'edit',
      'copy',
      'link',
      'forward',
      'readers',
      'pin',
      'bookmark',
      'delete',
    ])
    expect(offered(bob)).toEqual([
      ...reacting,
      'reply',
      'thread',
      'copy',
      'link',
      'forward',
      'unread',
      'pin',
      'bookmark',
    ])
    expect(offered(bob, true)).toEqual([
      ...reacting,
      'reply',
      'thread',
      'copy',
      'link',
      'forward',
      'unread',
      'pin',
      'bookmark',
      'delete',
    ])
  })

  it('leave out what concerns the list of the conversation, in the list of a thread', () => {
    const reply = messageReplied(900, messageSent(500).message, 901)
    const message = inThread(reply.message)
    const ids = (own: boolean, threadId: string | null) =>
      actionsFor({ ...member, message, own, threadId }).map(({ id }) => id)
    expect(
      [ids(false, 'm500'), ids(true, 'm500')].flat().filter((id) => ['unread', 'readers', 'thread'].includes(id)),
    ).toEqual([])
    expect(
      [ids(false, null), ids(true, null)].map((all) => all.filter((id) => ['unread', 'readers'].includes(id))),
    ).toEqual([['unread'], ['readers']])
  })

  it('mark as unread from the line of the conversation, whatever the line in a thread is', async () => {
    const message = inThread(messageReplied(900, messageSent(500).message, 901).message)
    const marked: unknown[] = []
    const timelines = {
      keptUnread: new Store<UnreadFrom | null>(null),
      markUnread: (...asked: unknown[]) => Promise.resolve(void marked.push(asked)).then(() => null),
    } as unknown as Timelines
    await messageActions.find(({ id }) => id === 'unread')?.run({ ...member, message, own: false }, timelines)
    expect(marked).toEqual([['c', 901]])
    expect(timelines.keptUnread.get()).toEqual({ conversationId: 'c', line: 901 })
  })

  it('leave the words of others as they are, and reply where the message is shown', () => {
    const { message } = messageSent(1)
    const forwarded = { ...message, forwardedFromId: bob.id }
    expect(actionsFor({ ...member, message: forwarded, own: true }).map(({ id }) => id)).not.toContain('edit')
    const begun: unknown[] = []
    const timelines = { reply: (...asked: unknown[]) => void begun.push(asked) } as unknown as Timelines
    const reply = messageActions.find(({ id }) => id === 'reply')
    for (const threadId of [null, 'm500']) void reply?.run({ ...member, message, own: false, threadId }, timelines)
    expect(begun).toEqual([
      ['c', message],
      ['m500', message],
    ])
  })

  it('take back what was done, by the same key', () => {
    const { message }: { message: Message } = messageSent(1)
    const labels = (change: Partial<Message>) =>
      actionsFor({ message: { ...message, ...change }, own: false, ...member }).flatMap(({ id, label, keys }) =>
        id === 'pin' || id === 'bookmark' ? [[label, keys[0]]] : [],
      )
    expect(labels({})).toEqual([
      ['Pin message', 'p'],
      ['Bookmark', 'b'],
    ])
    expect(labels({ pinnedAt: messageSent(2).at, isBookmarked: true })).toEqual([
      ['Unpin message', 'p'],
      ['Remove bookmark', 'b'],
    ])
  })

  it('are not offered before a message is in the timeline, nor after it was deleted', () => {
    const [row, waiting] = rowsFor(ada) as [MessageRow, MessageRow]
    expect(subjectOf(waiting, member)).toBeNull()
    const message = { ...messageSent(1).message, text: '', deletedAt: messageSent(1).at }
    expect(subjectOf({ ...row, message }, { ...member, moderates: true })).toBeNull()
  })

  it('are without a reply where the message of the thread was deleted', () => {
    const ids = (isClosed: boolean) =>
      actionsFor({ message: messageSent(1).message, own: true, ...member, threadId: 'm9', isClosed }).map(
        ({ id }) => id,
      )
    expect(ids(true)).toEqual(ids(false).filter((id) => id !== 'reply'))
    expect(ids(false)).toContain('reply')
  })

  it('stand in a toolbar with one tab stop and the keys that do the same', () => {
    const html = renderToStaticMarkup(<MessageBar actions={messageActions} {...bar} />)
    expect(html).toContain('role="toolbar"')
    expect(html.match(/tabindex="0"/gi)).toHaveLength(1)
    expect(html).toContain('title="Add reaction (A)"')
    expect(html).toContain('aria-keyshortcuts="A"')
    expect(html.match(/<button/g)).toHaveLength(5)
    expect(html).toMatch(/aria-label="More actions"[^>]*aria-haspopup="menu"/)
  })

  it('are at most five in the bar, the last of them a menu with all others', () => {
    const few = messageActions.filter(({ id }) => ['👍', '❤️', '😂', 'react', 'copy', 'delete'].includes(id))
    const ids = (actions: typeof messageActions) => {
      const { bar, menu } = barAndMenu(actions)
      return [bar.map(({ id }) => id), menu.map(({ id }) => id)]
    }
    expect(ids(few)).toEqual([['👍', 'react', 'copy', 'delete'], []])
    const all = messageActions.map(({ id }) => id).slice(quickCount)
    expect(ids(messageActions)).toEqual([['👍', ...all.slice(0, 3)], all.slice(3)])
  })

  it('make no bar when there are none', () => {
    expect(renderToStaticMarkup(<MessageBar actions={[]} {...bar} />)).toBe('')
  })
})
