import { isDeepStrictEqual } from 'node:util'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import type { ConversationId } from '@parley/kernel/ids'
import { type Message, messagesAfter } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { EventDocument, MessageDocument } from './documents'
import type { DriftReport } from './drift'
import { inBatches } from './in-batches'
import type { LogRanges } from './log-ranges'
import { toMessage, toRow } from './message-rows'

/** A conversation, up to where its projections are to be complete. */
export interface Scope {
  readonly conversationId: ConversationId
  /** The projections contain every event up to here. */
  readonly promised: number
}

/** A row that is not as the log says. `state`: what it should be; null when there should be none. */
interface Fault {
  readonly id: string
  readonly what: string
  readonly row: MessageDocument | null
  readonly state: Message | null
}

const rowsAtOnce = 500

/**
 * Compares the projection of messages with the fold of each range of a log. A row may be ahead of the range: then it is
 * compared with the event of its own version, and a later range finds out whether that is its last one.
 */
export class VerifyMessages {
  readonly #messages: Model<typeof MessageDocument>
  readonly #events: Model<typeof EventDocument>

  constructor(
    connection: Connection,
    private readonly log: LogRanges,
    private readonly report: DriftReport,
    private readonly isRepairing: boolean,
  ) {
    this.#messages = modelOn(connection, MessageDocument)
    this.#events = modelOn(connection, EventDocument)
  }

  /** The events of one range, all of them promised; `from` and `to` are its bounds. */
  async verify(scope: Scope, events: readonly TimelineEvent[], from: number, to: number): Promise<void> {
    const states = messagesAfter(events)
    const rows = await this.#rowsOf(scope.conversationId, states, from, to)
    const surplus = [...rows.values()].filter(({ _id }) => !states.has(_id as Message['id']))
    const taken = new Set(events.map(({ seq }) => seq))
    const faults: Fault[] = [...this.#neverSent(surplus, (seq) => taken.has(seq))]
    const ahead: [MessageDocument, Message][] = []
    for (const state of states.values()) {
      const row = rows.get(state.id) ?? null
      if (row !== null && row.version > to) ahead.push([row, state])
      else faults.push(...faultsOf(row, state))
    }
    faults.push(...(await this.#faultsAhead(scope, ahead)))
    const sentHere = [...states.values()].filter(({ seq }) => seq >= from).length
    this.report.checked('messages', sentHere + surplus.length)
    await this.#settle(await this.#withoutErasures(scope, await this.#withoutLost(scope, faults)))
    await this.#verifyErasure(events, rows)
  }

  /** Rows of messages that come after what was compared: each must have been sent, then. `end` is that of the log. */
  async verifyRest({ conversationId }: Scope, after: number, end: number): Promise<void> {
    const found = collectionOf(this.#messages).find({ conversationId, seq: { $gt: after } })
    for await (const rows of inBatches(found, rowsAtOnce)) {
      const ids = rows.map(({ _id }) => _id)
      const sent = await findByIds(this.#events, ids, { conversationId: 1 })
      const isSent = new Set(sent.filter((event) => event.conversationId === conversationId).map(({ _id }) => _id))
      const surplus = rows.filter(({ _id }) => !isSent.has(_id))
      const taken = await this.log.at(
        conversationId,
        surplus.map(({ seq }) => seq),
      )
      await this.#settle(this.#neverSent(surplus, (seq) => seq > end || taken.has(seq)))
    }
  }

  /**
   * Rows of messages that no event has sent. Where the log has a gap it has lost the event, and the row may be all that is
   * left of the message: the log is wrong then, and the row stays.
   */
  #neverSent(rows: readonly MessageDocument[], isTaken: (seq: number) => boolean): readonly Fault[] {
    for (const { conversationId, seq } of rows.filter((row) => !isTaken(row.seq)))
      this.report.drift('log', `${conversationId}/${seq}`, 'lost, its message is still there')
    const surplus = rows.filter(({ seq }) => isTaken(seq))
    return surplus.map((row) => ({ id: row._id, what: 'was never sent', row, state: null }))
  }

  /** The rows of messages that were sent in the range, or changed in it. */
  async #rowsOf(
    conversationId: ConversationId,
    states: ReadonlyMap<string, Message>,
    from: number,
    to: number,
  ): Promise<ReadonlyMap<string, MessageDocument>> {
    const sent = await collectionOf(this.#messages)
      .find({ conversationId, seq: { $gte: from, $lte: to } })
      .sort({ seq: 1 })
      .toArray()
    const found = new Map(sent.map((row) => [row._id, row]))
    const others = [...states.keys()].filter((id) => !found.has(id))
    const changed = others.length === 0 ? [] : await findByIds(this.#messages, others)
    for (const row of changed) found.set(row._id, row)
    return found
  }

  async #faultsAhead(
    { conversationId }: Scope,
    ahead: readonly (readonly [MessageDocument, Message])[],
  ): Promise<readonly Fault[]> {
    const events = await this.log.at(
      conversationId,
      ahead.map(([row]) => row.version),
    )
    return ahead.flatMap(([row, state]) => {
      const event = events.get(row.version)
      const then = event === undefined ? undefined : messagesAfter([event]).get(state.id)
      // No event has made it so: the next ranges bring it on from here.
      if (then === undefined) return [{ id: row._id, what: 'version', row, state }]
      return faultsOf(row, then)
    })
  }

  /**
   * A row with a version of which the log has a gap has what the lost event said, and nothing else has it: the text of an
   * edit, or that the message is deleted. It stays until a later event about the message, which carries all of it.
   */
  async #withoutLost({ conversationId }: Scope, faults: readonly Fault[]): Promise<readonly Fault[]> {
    const versionIn = ({ row, state }: Fault) =>
      row !== null && state !== null && row.version > state.version ? [row.version] : []
    const versions = faults.flatMap(versionIn)
    const taken = await this.log.at(conversationId, versions)
    const lost = new Set<number>()
    for (const version of new Set(versions))
      if (!taken.has(version) && (await this.log.goesOnAfter(conversationId, version))) lost.add(version)
    for (const seq of lost) this.report.drift('log', `${conversationId}/${seq}`, 'lost, its message still has it')
    return faults.filter((fault) => !versionIn(fault).some((version) => lost.has(version)))
  }

  /** A deletion that came later, and is not promised, takes the text from the log before it takes it from the row. */
  async #withoutErasures({ promised }: Scope, faults: readonly Fault[]): Promise<readonly Fault[]> {
    const isErasedInLog = ({ row, state }: Fault) =>
      row !== null && state !== null && state.deletedAt !== null && (row.deletedAt ?? null) === null
    const erased = faults.filter(isErasedInLog)
    if (erased.length === 0) return faults
    const deletions = await this.log.deletionsOf(erased.map(({ id }) => id))
    return faults.filter((fault) => !isErasedInLog(fault) || (deletions.get(fault.id) ?? 0) <= promised)
  }

  async #settle(faults: readonly Fault[]): Promise<void> {
    for (const { id, what } of faults) this.report.drift('messages', id, what)
    if (!this.isRepairing || faults.length === 0) return
    // Only as they were compared: whatever changes them meanwhile knows better.
    const changeOf = ({ row, state }: Fault) => {
      const filter = { _id: row?._id ?? '', version: row?.version ?? 0 }
      return state === null ? { deleteOne: { filter } } : { replaceOne: { filter, replacement: toRow(state) } }
    }
    const changes = faults.filter(({ row }) => row !== null).map(changeOf)
    if (changes.length > 0) await collectionOf(this.#messages).bulkWrite(changes, { ordered: false })
    const missing = faults.flatMap(({ row, state }) => (row === null && state !== null ? [toRow(state)] : []))
    await insertMissing(this.#messages, missing)
  }

  /** What the log still has of the text of messages whose deletion is relayed. */
  async #verifyErasure(events: readonly TimelineEvent[], rows: ReadonlyMap<string, MessageDocument>): Promise<void> {
    for (const { conversationId, seq } of events.filter((event) => hasText(event, rows))) {
      const event = (await this.log.at(conversationId, [seq])).get(seq)
      const left = event === undefined ? [] : statesIn(event).filter((state) => isDeletedIn(rows, state))
      const deletions = await this.log.deletionsOf(left.map(({ id }) => id))
      for (const { id } of left) {
        const deletion = deletions.get(id)
        if (deletion === undefined || (await this.log.isPending(conversationId, deletion))) continue
        this.report.drift('log', `${conversationId}/${seq}`, 'text of a deleted message')
      }
    }
  }
}

const statesIn = (event: TimelineEvent): readonly Message[] =>
  [...messagesAfter([event]).values()].filter(({ deletedAt }) => deletedAt === null)

const isDeletedIn = (rows: ReadonlyMap<string, MessageDocument>, { id }: Message): boolean =>
  (rows.get(id)?.deletedAt ?? null) !== null

const hasText = (event: TimelineEvent, rows: ReadonlyMap<string, MessageDocument>): boolean =>
  statesIn(event).some((state) => isDeletedIn(rows, state))

function faultsOf(row: MessageDocument | null, state: Message): readonly Fault[] {
  const { id } = state
  if (row === null) return [{ id, what: 'missing', row, state }]
  if (row.version !== state.version) return [{ id, what: 'version', row, state }]
  const fields = differencesOf(row, state)
  return fields.length === 0 ? [] : [{ id, what: fields.join(' '), row, state }]
}

/** The names of the fields, those that are derived for an index among them. */
function differencesOf(row: MessageDocument, state: Message): readonly string[] {
  const expected = toRow(state)
  // Nearly every row is just that. One of a former release lacks fields, which reading it completes.
  if (isDeepStrictEqual(row, expected)) return []
  const { followers, pinnedIn } = expected
  const is: Readonly<Record<string, unknown>> = { ...toMessage(row), followers: row.followers, pinnedIn: row.pinnedIn }
  const shouldBe: Readonly<Record<string, unknown>> = { ...toMessage(expected), followers, pinnedIn }
  const names = new Set([...Object.keys(is), ...Object.keys(shouldBe)])
  return [...names].filter((name) => !isDeepStrictEqual(is[name], shouldBe[name]))
}
