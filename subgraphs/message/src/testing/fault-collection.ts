import { mongo } from 'mongoose'
import type { EventDocument } from '../infrastructure/documents'

export type Fault = 'none' | 'before' | 'after'

interface Range {
  readonly $gt: number
  readonly $lte: number
}

interface Query {
  readonly conversationId?: string
  readonly seq?: number | Range
  readonly actorId?: string
  readonly clientId?: string
}

/**
 * The log's collection in memory, with its unique indexes, its ordered inserts and the faults of a connection: an insert
 * whose answer is lost was done (`after`) or not (`before`). `turn` decides what happens in which order.
 */
export class FaultCollection {
  readonly rows: EventDocument[] = []

  constructor(
    private readonly turn: () => Promise<void>,
    private readonly nextFault: () => Fault,
  ) {}

  async insertMany(documents: readonly EventDocument[]): Promise<void> {
    await this.turn()
    const fault = this.nextFault()
    if (fault === 'before') throw new Error('The connection broke')
    const accepted = this.#insert(documents)
    await this.turn()
    if (fault === 'after') throw new Error('The connection broke')
    if (accepted < documents.length) throw duplicateAt(accepted)
  }

  find(query: Query): { sort: (order: { readonly seq: 1 }) => { toArray: () => Promise<readonly EventDocument[]> } } {
    const toArray = async () => {
      await this.turn()
      return this.rows.filter((row) => fits(row, query)).toSorted((one, other) => one.seq - other.seq)
    }
    return { sort: () => ({ toArray }) }
  }

  async findOne(query: Query): Promise<EventDocument | null> {
    await this.turn()
    return this.rows.find((row) => fits(row, query)) ?? null
  }

  /** Stops at the first duplicate. */
  #insert(documents: readonly EventDocument[]): number {
    for (const [index, row] of documents.entries()) {
      const { conversationId, seq, actorId, clientId } = row
      const isTaken = this.rows.some(
        (known) => fits(known, { conversationId, seq }) || fits(known, { conversationId, actorId, clientId }),
      )
      if (isTaken) return index
      this.rows.push(row)
    }
    return documents.length
  }
}

function duplicateAt(index: number): Error {
  const writeErrors = [{ index, code: 11_000 } as mongo.WriteError]
  const result = { insertedCount: index } as mongo.BulkWriteResult
  return new mongo.MongoBulkWriteError({ message: 'E11000', code: 11_000, writeErrors }, result)
}

const fits = (row: EventDocument, { seq, ...exact }: Query): boolean =>
  Object.entries(exact).every(([name, value]) => row[name as keyof EventDocument] === value) &&
  (seq === undefined || (typeof seq === 'number' ? row.seq === seq : row.seq > seq.$gt && row.seq <= seq.$lte))
