import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkHistory } from './check-history.ts'
import { History, readHistory } from './history.ts'
import type { Entry, Operation } from './history.ts'
import type { Invariant } from './violation.ts'

const conversation = 'room'
const message = (seq: number, actor: string): Entry => ({ seq, line: seq, id: `m${seq}`, actor, clientId: `c${seq}` })
const started: Entry = { seq: 1, line: 1, id: 'started', actor: 'ada', clientId: null }
const log: readonly Entry[] = [started, message(2, 'ada'), message(3, 'bob'), message(4, 'ada')]

const joined = (user: string, seq = 0): Operation => ({ op: 'joined', conversation, user, seq })
const acknowledged = (entry: Entry): Operation => ({ op: 'acknowledged', conversation, entry })
const readBack = (viewer: string, entries: readonly Entry[], headSeq = 4): Operation => ({
  op: 'read-back',
  conversation,
  viewer,
  headSeq,
  entries,
})
const stream = (viewer: string, after: number, entries: readonly Entry[], settled = 4): Operation[] => [
  { op: 'opened', stream: `${viewer} after ${after}`, conversation, viewer, after },
  ...entries.map((entry): Operation => ({ op: 'delivered', stream: `${viewer} after ${after}`, entry })),
  { op: 'settled', stream: `${viewer} after ${after}`, seq: settled },
]
const unread = (viewer: string, readLine: number, count: number): Operation => ({
  op: 'unread',
  conversation,
  viewer,
  readLine,
  unread: count,
})

const sound: readonly Operation[] = [
  joined('ada'),
  joined('bob'),
  ...log.slice(1).map(acknowledged),
  ...stream('bob', 1, log.slice(1)),
  readBack('ada', log),
  readBack('bob', log),
  unread('bob', 1, 2),
]

const planted: readonly { fault: string; invariant: Invariant; history: readonly Operation[] }[] = [
  {
    fault: 'an acknowledged message is lost at the end',
    invariant: 'I1',
    history: [...sound, acknowledged(message(5, 'ada'))],
  },
  {
    fault: 'an acknowledged message became another',
    invariant: 'I1',
    history: [...sound, acknowledged({ ...message(3, 'bob'), id: 'other', clientId: 'x' })],
  },
  {
    fault: 'the conversation of acknowledged messages was not read back',
    invariant: 'I1',
    history: [acknowledged(message(2, 'ada'))],
  },
  {
    fault: 'a retried send made a second message',
    invariant: 'I2',
    history: [joined('ada'), readBack('ada', [...log, { ...message(5, 'ada'), clientId: 'c4' }], 5)],
  },
  {
    fault: 'a retried send was answered differently',
    invariant: 'I2',
    history: [...sound, acknowledged({ ...message(2, 'ada'), clientId: 'c4' })],
  },
  {
    fault: 'the log has a gap',
    invariant: 'I3',
    history: [joined('ada'), readBack('ada', [started, message(2, 'ada'), message(4, 'ada')])],
  },
  { fault: 'the log lacks its end', invariant: 'I3', history: [joined('ada'), readBack('ada', log, 5)] },
  {
    fault: 'two members see another order',
    invariant: 'I3',
    history: [
      ...sound,
      readBack('bob', [started, { ...message(3, 'bob'), seq: 2 }, { ...message(2, 'ada'), seq: 3 }, message(4, 'ada')]),
    ],
  },
  {
    fault: 'a stream brought an event twice',
    invariant: 'I4',
    history: [
      ...sound,
      ...stream('ada', 0, [started, message(2, 'ada'), message(2, 'ada'), message(3, 'bob'), message(4, 'ada')]),
    ],
  },
  {
    fault: 'a stream left an event out',
    invariant: 'I4',
    history: [...sound, ...stream('ada', 1, [message(2, 'ada'), message(4, 'ada')])],
  },
  {
    fault: 'a stream turned the order round',
    invariant: 'I4',
    history: [...sound, ...stream('ada', 1, [message(3, 'bob'), message(2, 'ada'), message(4, 'ada')])],
  },
  { fault: 'a stream fell silent', invariant: 'I4', history: [...sound, ...stream('ada', 1, [message(2, 'ada')])] },
  { fault: 'an unread count is stale', invariant: 'I6', history: [...sound, unread('bob', 3, 3)] },
  {
    fault: 'a member has their own messages counted as unread',
    invariant: 'I6',
    history: [...sound, unread('ada', 1, 3)],
  },
  { fault: 'a stranger received an event', invariant: 'I7', history: [...sound, ...stream('eve', 1, log.slice(1))] },
  {
    fault: 'a former member still receives events',
    invariant: 'I7',
    history: [
      ...sound,
      joined('cid', 2),
      { op: 'left', conversation, user: 'cid', seq: 3 },
      ...stream('cid', 2, [message(3, 'bob'), message(4, 'ada')]),
    ],
  },
]

describe('the checker of histories', () => {
  it('finds nothing in a correct history', () => {
    expect(checkHistory(sound)).toEqual([])
  })

  it.each(planted)('reports $invariant when $fault', ({ invariant, history }) => {
    expect([...new Set(checkHistory(history).map((found) => found.invariant))]).toEqual([invariant])
  })

  it('lets a member who rejoined read what they missed', () => {
    const back: Operation[] = [
      joined('cid', 2),
      { op: 'left', conversation, user: 'cid', seq: 3 },
      joined('cid', 4),
      readBack('cid', log),
    ]
    expect(checkHistory([...sound, ...back])).toEqual([])
  })

  it('gives the same result for a history that was stored in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-history-'))
    const history = new History()
    for (const operation of sound) history.record(operation)
    history.save(join(folder, 'run.jsonl'))
    expect(readHistory(join(folder, 'run.jsonl'))).toEqual(sound)
    rmSync(folder, { recursive: true })
  })
})
