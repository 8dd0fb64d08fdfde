import { limits } from '@parley/kernel/limits'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import type { Model } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import { type MentionMarks, marksMadeBy, newestOf } from '../domain/mention-marks'
import type { TimelineEvent } from '../domain/timeline-event'
import type { MentionsOfUserDocument } from './documents'
import { inboxId } from './inbox-rows'

/** How many rows a process remembers to have added lines to. */
const remembered = 10_000

/** Writes the lines that mention people. */
export class MentionRows {
  /** How many lines this process has added to a row since it was cut. */
  readonly #added = new Map<string, number>()

  constructor(private readonly rows: Model<typeof MentionsOfUserDocument>) {}

  /** Stores what events say: one update for each of those whom they mention, or do not mention any more. */
  async apply(events: readonly TimelineEvent[]): Promise<void> {
    const made = events.flatMap((event) =>
      marksMadeBy(event).map((mark) => ({ ...mark, conversationId: event.conversationId })),
    )
    if (made.length === 0) return
    const byRow = Map.groupBy(made, ({ userId, conversationId }) => inboxId(userId, conversationId))
    await upsertAll(
      this.rows,
      [...byRow].map(([_id, marks]) => {
        const lines = marks.toSorted((one, other) => one.mark - other.mark).map(({ line, mark }) => [path(line), mark])
        const $max = Object.fromEntries(lines) as Record<string, number>
        return { filter: { _id }, update: { $max, $setOnInsert: { conversationId: marks[0]?.conversationId ?? '' } } }
      }),
    )
    await this.#cut(byRow)
  }

  /** A row that may have grown beyond what is counted is cut. */
  async #cut(added: ReadonlyMap<string, readonly unknown[]>): Promise<void> {
    if (this.#added.size > remembered) this.#added.clear()
    const grown: string[] = []
    for (const [id, { length }] of added) {
      const count = (this.#added.get(id) ?? 0) + length
      if (count >= limits.unreadMentions) grown.push(id)
      this.#added.set(id, count >= limits.unreadMentions ? 0 : count)
    }
    if (grown.length === 0) return
    const rows = await findByIds(this.rows, grown)
    const cuts = rows.flatMap((row) => {
      const kept = newestOf(marksIn(row))
      const $unset = Object.fromEntries(
        Object.keys(row.lines)
          .filter((line) => !kept.has(Number(line)))
          .map((line) => [path(line), '' as const]),
      )
      return Object.keys($unset).length === 0 ? [] : [{ filter: { _id: row._id }, update: { $unset } }]
    })
    if (cuts.length > 0) await upsertAll(this.rows, cuts)
  }
}

const path = (line: number | string): string => `lines.${line}`

/** Of somebody who was never mentioned. */
export const noRow = (_id: string, conversationId: string): MentionsOfUserDocument => ({
  _id,
  conversationId,
  lines: {},
})

export const marksIn = ({ lines }: MentionsOfUserDocument): MentionMarks =>
  new Map(Object.entries(lines).map(([line, mark]) => [Number(line), mark]))
