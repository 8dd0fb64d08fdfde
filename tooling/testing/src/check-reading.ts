import { operationsOf } from './history.ts'
import type { Entry, OperationOf } from './history.ts'
import { mentionsIn } from './mentioned.ts'
import type { MessageCheck } from './message-model.ts'
import { violation } from './violation.ts'

/** More unread mentions in one conversation are counted as so many. */
const mentionsCounted = 100

interface Position {
  readonly revision: number
  readonly line: number
}

type Log = ReadonlyMap<number, Entry>

/** The later of two: by the revision, within one by the line. */
const later = (one: Position, other: Position): Position =>
  other.revision > one.revision || (other.revision === one.revision && other.line > one.line) ? other : one

const after = (before: Position, { line, isBack, revision = before.revision }: OperationOf<'marked'>): Position =>
  later(before, isBack ? { revision: revision + 1, line: line - 1 } : { revision, line })

const keyOf = ({ viewer, conversation }: { viewer: string; conversation: string }) => `${viewer} ${conversation}`

/**
 * I6: a read position is where its owner has moved it: forward, or back by marking a line as unread. Own lines that
 * follow it are read; so is everything before a member joined.
 */
const positionAsMarked: MessageCheck = (history, { logs }) => {
  const marks = new Map<string, { at: number; position: Position }[]>()
  for (const [at, operation] of history.entries()) {
    if (operation.op !== 'marked') continue
    const own = marks.get(keyOf(operation)) ?? [{ at: -1, position: { revision: 0, line: 0 } }]
    const before = own.at(-1)?.position ?? { revision: 0, line: 0 }
    marks.set(keyOf(operation), [...own, { at, position: after(before, operation) }])
  }
  const ways = new Map([...logs].map(([conversation, log]) => [conversation, new Lines(log)]))
  return [...history.entries()].flatMap(([at, position]) => {
    if (position.op !== 'position') return []
    const own = marks.get(keyOf(position)) ?? []
    const last = own.findLastIndex((mark) => mark.at < position.since)
    // What was marked while it was asked for may be in the answer or not.
    const possible = own.slice(Math.max(0, last)).filter((mark) => mark.at < at)
    const lines = ways.get(position.conversation)
    const fits = possible.some(({ position: { revision, line } }) => {
      // Who joins again has read what was before.
      if (lines?.hasJoined(position.viewer) === true)
        return (position.revision ?? revision) > revision || position.readLine >= line
      const most = lines === undefined ? Infinity : lines.readFrom(line, position.viewer)
      return position.readLine >= line && position.readLine <= most && (position.revision ?? revision) === revision
    })
    if (possible.length === 0 || fits) return []
    const told = possible.map(({ position: { line, revision } }) => `${line} (${revision})`).join(' or ')
    const { readLine, revision } = position
    return [violation('I6', `${keyOf(position)} has read up to ${readLine} (${revision ?? '?'}), and marked ${told}`)]
  })
}

/** The lines of a conversation, for the positions in it. */
class Lines {
  readonly #actors = new Map<number, string>()
  readonly #joined = new Set<string>()
  #end = 0

  constructor(log: Log) {
    for (const { line, actor, member, kind } of log.values()) {
      if (line === null) continue
      this.#actors.set(line, actor)
      this.#end = Math.max(this.#end, line)
      if (kind === 'MemberJoined' && member !== undefined) this.#joined.add(member)
    }
  }

  hasJoined(user: string): boolean {
    return this.#joined.has(user)
  }

  /** How far a user has read who has seen this line. The start of a conversation is nobody's, and read. */
  readFrom(line: number, user: string): number {
    let last = line
    for (; last < this.#end; last += 1) if ((this.#actors.get(last + 1) ?? user) !== user) break
    return last
  }
}

/** I6: the unread mentions equal a recount: the lines of others after the read position that mention the viewer now. */
const mentionsRecounted: MessageCheck = (history, { logs, versions }) => {
  const isMentioned = mentionsIn(history)
  return operationsOf(history, 'unread').flatMap(({ conversation, viewer, readLine, mentions }) => {
    const entries = [...(logs.get(conversation)?.values() ?? [])]
    // Whether @all was for somebody who has come and gone is not known.
    if (mentions === undefined || entries.some(({ member }) => member === viewer)) return []
    const unread = entries.filter(({ line, actor }) => (line ?? 0) > readLine && actor !== viewer)
    const known = unread.map(({ about }) => isMentioned(versions.get(about ?? '')?.at(-1), viewer))
    const sure = known.filter((one) => one === true).length
    const possible = known.filter((one) => one !== false).length
    const told = `${viewer} is told ${mentions} mentions in ${conversation}`
    return mentions >= Math.min(sure, mentionsCounted) && mentions <= Math.min(possible, mentionsCounted)
      ? []
      : [violation('I6', `${told}; a recount gives ${sure === possible ? sure : `${sure} to ${possible}`}`)]
  })
}

export const readingChecks: readonly MessageCheck[] = [positionAsMarked, mentionsRecounted]
