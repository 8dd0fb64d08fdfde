import type { MessageId } from '@parley/kernel/ids'
import type { Message } from '../domain/message'

/** Messages as they are now: a projection of the log, milliseconds behind it at most while all is well. */
export abstract class Messages {
  abstract byId(ids: readonly MessageId[]): Promise<readonly Message[]>
}
