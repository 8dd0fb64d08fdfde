import { limits } from '@parley/kernel/limits'
import { collectionOf, type Connection, type Model, modelOn } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import type { UserId } from '@parley/kernel/ids'
import { opposite, tellsMention, versionOf } from '../domain/mention-marks'
import { isNeverUnread } from '../domain/read-state'
import type { PersonalCount, Recount } from '../domain/recount'
import { InboxDocument, MentionsOfUserDocument } from './documents'
import type { DriftReport } from './drift'
import { inBatches } from './in-batches'
import { fromStored, inboxId, ownLines, type StoredInbox, toStored } from './inbox-rows'
import type { LogRanges } from './log-ranges'
import { marksIn, noRow } from './mention-rows'
import type { Scope } from './verify-messages'

const rowsAtOnce = 100

/**
 * Compares what is stored for each person in a conversation with a recount: own lines and mentions. Read positions are not
 * in the log, and are only checked to be lines that there are.
 */
export class VerifyPeople {
  readonly #inbox: Model<typeof InboxDocument>
  readonly #mentions: Model<typeof MentionsOfUserDocument>

  constructor(
    connection: Connection,
    private readonly log: LogRanges,
    private readonly report: DriftReport,
    private readonly isRepairing: boolean,
  ) {
    this.#inbox = modelOn(connection, InboxDocument)
    this.#mentions = modelOn(connection, MentionsOfUserDocument)
  }

  async verify(scope: Scope, recount: Recount): Promise<void> {
    await this.#verifyInbox(scope, recount)
    await this.#verifyMentions(scope, recount)
  }

  async #verifyInbox({ conversationId }: Scope, recount: Recount): Promise<void> {
    const missing = new Set([...recount.people].flatMap(([id, count]) => (count.ownLines.length > 0 ? [id] : [])))
    for await (const rows of inBatches(collectionOf(this.#inbox).find({ conversationId }), rowsAtOnce))
      for (const row of rows) {
        missing.delete(row.userId as UserId)
        await this.#verifyInboxRow(row, recount)
      }
    this.report.checked('unread', missing.size)
    for (const userId of missing) {
      this.report.drift('unread', inboxId(userId, conversationId), 'missing')
      if (!this.isRepairing) continue
      const lines = recount.of(userId).ownLines
      await upsertAll(this.#inbox, [ownLines(userId, conversationId, lines)])
    }
  }

  async #verifyInboxRow(row: StoredInbox, recount: Recount): Promise<void> {
    const { _id, userId, conversationId } = row
    this.report.checked('unread', 1)
    const { missing, surplus, unknown } = ownLinesIn(row, recount)
    const places = placesIn(row)
    const beyond = [...unknown, ...places].filter((line) => line > recount.place.lines)
    const events = await this.log.atLines(conversationId as Scope['conversationId'], beyond)
    const isOthers = (line: number) => {
      const event = events.get(line)
      return event === undefined || !isNeverUnread(event, userId as UserId)
    }
    const wrong = [...surplus, ...unknown.filter(isOthers)]
    if (missing.length + wrong.length > 0) this.report.drift('unread', _id, 'own lines')
    const isBeyond = places.some((line) => line > recount.place.lines && !events.has(line))
    if (isBeyond) this.report.drift('unread', _id, 'beyond the log')
    if (!this.isRepairing) return
    if (missing.length > 0) await upsertAll(this.#inbox, [ownLines(userId, conversationId, missing)])
    if (wrong.length > 0) await collectionOf(this.#inbox).updateOne({ _id }, { $pull: { ownLines: { $in: wrong } } })
    if (isBeyond) await this.#bringBack(row, recount.place.lines)
  }

  /** To the end of the log; a row that has changed since it was read stays. */
  async #bringBack({ _id, readLine, seenLine, sinceLine, heldLine }: StoredInbox, end: number): Promise<void> {
    const position = fromStored(readLine)
    const within = (name: string, line: number | undefined) =>
      line === undefined || line <= end ? {} : { [name]: end }
    const $set = {
      readLine: toStored({ ...position, readLine: Math.min(position.readLine, end) }),
      ...within('seenLine', seenLine),
      ...within('sinceLine', sinceLine),
      ...within('heldLine', heldLine),
      changedAt: new Date(),
    }
    await collectionOf(this.#inbox).updateOne({ _id, readLine }, { $set })
  }

  async #verifyMentions(scope: Scope, recount: Recount): Promise<void> {
    const { conversationId } = scope
    const mentioned = [...recount.people].filter(([, { marks }]) => [...marks.values()].some(tellsMention))
    const missing = new Set(mentioned.map(([id]) => inboxId(id, conversationId)))
    const left = new Map(mentioned.map(([id]) => [inboxId(id, conversationId), id]))
    for await (const rows of inBatches(collectionOf(this.#mentions).find({ conversationId }), rowsAtOnce))
      for (const row of rows) {
        missing.delete(row._id)
        // Ids of users and of conversations have no colon.
        const [userId = ''] = row._id.split(':')
        await this.#verifyMarks(scope, row, recount.of(userId as UserId))
      }
    for (const _id of missing) {
      const userId = left.get(_id)
      if (userId !== undefined) await this.#verifyMarks(scope, noRow(_id, conversationId), recount.of(userId))
    }
  }

  async #verifyMarks({ conversationId, promised }: Scope, row: MentionsOfUserDocument, count: PersonalCount) {
    const marks = marksIn(row)
    this.report.checked('mentions', 1)
    const lacking = [...count.marks].filter(
      ([line, mark]) => tellsMention(mark) && !tellsMention(marks.get(line)) && isKept(row, line, promised),
    )
    const surplus = [...marks].filter(
      ([line, mark]) =>
        tellsMention(mark) &&
        !tellsMention(count.marks.get(line)) &&
        line > count.marksAfter &&
        versionOf(mark) <= promised,
    )
    const wrong = await this.#withoutErasures({ conversationId, promised }, surplus)
    if (lacking.length + wrong.length === 0) return
    this.report.drift('mentions', row._id, `lines ${[...lacking, ...wrong].map(([line]) => line).join(' ')}`)
    if (!this.isRepairing) return
    // What is stored may be the newer mark: only the next one wins over it.
    const raised = lacking.map(([line, mark]) => [line, Math.max(mark, opposite(marks.get(line) ?? 0))] as const)
    const right = [...raised, ...wrong.map(([line, mark]) => [line, opposite(mark)] as const)]
    const $max = Object.fromEntries(right.map(([line, mark]) => [`lines.${line}`, mark]))
    const update = { $max, $setOnInsert: { conversationId } }
    await upsertAll(this.#mentions, [{ filter: { _id: row._id }, update }])
  }

  /** As for messages: a later deletion takes the mentions from the log before it takes the mark. */
  async #withoutErasures({ conversationId, promised }: Scope, marks: readonly (readonly [number, number])[]) {
    if (marks.length === 0) return marks
    const sent = await this.log.senders(
      conversationId,
      marks.map(([line]) => line),
    )
    const deletions = await this.log.deletionsOf([...sent.values()])
    return marks.filter(([line]) => (deletions.get(sent.get(line) ?? '') ?? 0) <= promised)
  }
}

/** Own lines after the read position, as the recount has them and as the row has them. */
function ownLinesIn({ userId, readLine: stored, ownLines: known = [] }: StoredInbox, recount: Recount) {
  const { readLine } = fromStored(stored)
  const { ownLines: counted, ownLinesAfter } = recount.of(userId as UserId)
  const [isKnown, isCounted] = [new Set(known), new Set(counted)]
  const after = known.filter((line) => line > readLine)
  return {
    missing: counted.filter((line) => line > readLine && !isKnown.has(line)),
    surplus: after.filter(
      (line) =>
        line > ownLinesAfter &&
        line <= recount.place.lines &&
        !isCounted.has(line) &&
        // It is also the line of those who were there when it began, and the log does not say who they are.
        !recount.startLines.has(line),
    ),
    /** Lines that came after what was recounted. */
    unknown: after.filter((line) => line > recount.place.lines),
  }
}

/** Every line that a row names. */
const placesIn = ({ readLine, seenLine = 0, sinceLine = 0, heldLine = 0 }: StoredInbox): readonly number[] => [
  fromStored(readLine).readLine,
  seenLine,
  sinceLine,
  heldLine,
]

/** Unless it is too old to be kept, or a later event has changed it. */
function isKept(row: MentionsOfUserDocument, line: number, promised: number): boolean {
  const marks = marksIn(row)
  const newer = [...marks.keys()].filter((one) => one > line).length
  return newer < limits.unreadMentions && versionOf(marks.get(line) ?? 0) <= promised
}
