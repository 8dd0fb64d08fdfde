import type { InboxChange, InboxNews } from '../../../lib/conversations/inbox-news'
import { type Notice, Notifier } from './notifier'
import type { Arrival, NotifyChoice } from './ring'

const entry = (
  conversationId: string,
  seq: number,
  change: Partial<InboxChange['entry']> = {},
): InboxChange['entry'] => ({
  conversationId,
  headSeq: seq,
  detailsSeq: 1,
  readLine: 0,
  readRevision: 0,
  unreadCount: seq,
  mentionCount: 0,
  mute: { isMuted: false, until: null, revision: 0 },
  lastMessage: {
    id: `${conversationId}${seq}`,
    seq,
    version: seq,
    text: `said ${seq}`,
    deletedAt: null,
    sentAt: '2026-11-30T12:00:00.000Z',
    authorId: 'ben',
  },
  ...change,
})

const news = (when: InboxNews['when'], ...entries: InboxChange['entry'][]): InboxNews => ({
  changes: entries.map((one) => ({ entry: one, known: null })),
  goneIds: [],
  when,
})

/** A device of Ann's, on which tabs can be opened. */
function device() {
  let queue: Promise<void> = Promise.resolve()
  let seqs = new Map<string, number>()
  const state = { choice: 'all' as NotifyChoice, hasSound: true, isTextHidden: false, isAllowed: true, now: 0 }
  const attended = new Set<string>()
  const told = {
    read: () => seqs,
    add: (arrivals: readonly Arrival[]) =>
      void (seqs = new Map([...seqs, ...arrivals.map(({ conversationId, seq }) => [conversationId, seq] as const)])),
  }
  const shown: Notice[] = []
  const closed: string[] = []
  const openTab = () =>
    new Notifier({
      viewerId: 'ann',
      settings: () => state,
      isAllowed: () => state.isAllowed,
      inOneTab: (task) => (queue = queue.then(task)),
      attended: async () => attended,
      told,
      originOf: async ({ conversationId }) =>
        conversationId === 'unknown'
          ? null
          : { isDirect: conversationId === 'ben', name: `The ${conversationId}`, author: 'Ben Bold' },
      excerptOf: (text) => text,
      show: (notice) => void shown.push(notice),
      close: (key) => void closed.push(key),
      now: () => state.now,
    })
  return { state, attended, shown, closed, openTab }
}

describe('the notifications of a device', () => {
  it('are one for a message, however many tabs hear of it, and say where it is and who wrote what', async () => {
    const { openTab, shown } = device()
    const tabs = [openTab(), openTab(), openTab()]
    await Promise.all(tabs.map((tab) => tab.take(news('now', entry('garden', 1)))))
    expect(shown).toEqual([
      { key: 'garden', title: 'The garden', body: 'Ben Bold: said 1', isSilent: false, conversationId: 'garden' },
    ])
  })

  it('are none while a tab is at the conversation, also not later', async () => {
    const { attended, openTab, shown } = device()
    const tabs = [openTab(), openTab()]
    attended.add('garden')
    await tabs[0]!.take(news('now', entry('garden', 1)))
    attended.clear()
    await tabs[1]!.take(news('now', entry('garden', 1)))
    expect(shown).toEqual([])
    await tabs[1]!.take(news('now', entry('garden', 2)))
    expect(shown.map(({ body }) => body)).toEqual(['Ben Bold: said 2'])
  })

  it('are none for what was there when the tab was opened', async () => {
    const { openTab, shown } = device()
    const tab = openTab()
    await tab.take(news('first', entry('garden', 1), entry('attic', 1)))
    await tab.take(news('now', entry('garden', 1, { headSeq: 2 })))
    expect(shown).toEqual([])
  })

  it('are one summary for what was missed, once for all tabs', async () => {
    const { openTab, shown } = device()
    const tabs = [openTab(), openTab()]
    const missed = news('missed', entry('garden', 3), entry('attic', 4), entry('ben', 1))
    await Promise.all(tabs.map((tab) => tab.take(missed)))
    expect(shown).toEqual([
      {
        key: 'missed',
        title: 'While you were away',
        body: '8 new messages in 3 conversations',
        isSilent: false,
        conversationId: null,
      },
    ])
  })

  it('are those of a conversation when nothing was missed elsewhere', async () => {
    const { openTab, shown } = device()
    await openTab().take(news('missed', entry('ben', 1)))
    expect(shown.map(({ title, body }) => [title, body])).toEqual([['The ben', 'said 1']])
  })

  it('are taken back when the messages were read elsewhere, or the viewer has left', async () => {
    const { closed, openTab } = device()
    const tab = openTab()
    await tab.take(news('now', entry('garden', 1)))
    await tab.take(news('now', entry('garden', 1, { unreadCount: 0 })))
    await tab.take({ changes: [], goneIds: ['attic'], when: 'now' })
    expect(closed).toEqual(['garden', 'attic'])
  })

  it('are none for what was read while the names were asked for', async () => {
    const { openTab, shown } = device()
    const tab = openTab()
    void tab.take(news('now', entry('garden', 1)))
    await tab.take(news('now', entry('garden', 1, { unreadCount: 0 })))
    expect(shown).toEqual([])
  })

  it('say nothing of the text when that is hidden', async () => {
    const { openTab, shown, state } = device()
    state.isTextHidden = true
    const tab = openTab()
    await tab.take(news('now', entry('garden', 1)))
    await tab.take(news('now', entry('ben', 1, { mentionCount: 1 })))
    expect(shown.map(({ body }) => body)).toEqual(['Ben Bold: New message', 'Mentions you'])
  })

  it('sound once for many messages, and never when that is off', async () => {
    const { openTab, shown, state } = device()
    const tab = openTab()
    for (const [seq, now] of [
      [1, 0],
      [2, 1_000],
      [3, 5_000],
    ] as const) {
      state.now = now
      await tab.take(news('now', entry('garden', seq)))
    }
    state.hasSound = false
    await tab.take(news('now', entry('attic', 1)))
    expect(shown.map(({ isSilent }) => isSilent)).toEqual([false, true, false, true])
  })

  it('are none without the permission, when nothing is wanted, and of a conversation that nobody knows', async () => {
    const { openTab, shown, state } = device()
    const tab = openTab()
    state.isAllowed = false
    await tab.take(news('now', entry('garden', 1)))
    state.isAllowed = true
    state.choice = 'nothing'
    await tab.take(news('now', entry('garden', 2)))
    state.choice = 'all'
    await tab.take(news('now', entry('unknown', 1)))
    expect(shown).toEqual([])
  })
})
