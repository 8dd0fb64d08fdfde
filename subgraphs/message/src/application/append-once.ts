import { DomainError } from '@parley/kernel/errors'
import type { TimelineEntry, TimelineEvent } from '../domain/timeline-event'
import type { TimelineLog, Written } from './timeline-log'

/** A refusal is a decision too; other errors are thrown. */
export function decisionOn<Decision>(decide: () => Decision): Decision | DomainError {
  try {
    return decide()
  } catch (refusal) {
    if (refusal instanceof DomainError) return refusal
    throw refusal
  }
}

/** Appends what is decided. What was written with this client id is the answer, also when it would be refused now. */
export async function appendOnce(
  log: TimelineLog,
  written: Written,
  decide: () => TimelineEntry,
): Promise<TimelineEvent> {
  const decision = decisionOn(decide)
  if (!(decision instanceof DomainError)) return log.append(decision)
  const earlier = await log.earlier(written)
  if (earlier === null) throw decision
  return earlier
}
