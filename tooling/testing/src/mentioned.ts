import type { Operation, Since } from './history.ts'
import type { Version } from './message-model.ts'
import { mutesOf } from './mutes.ts'

/**
 * Whether a message mentions somebody in one of its versions; null when that is not known. `@all` and `@here` do not stand
 * for those who have muted the conversation when it is written. Who is online is known only of those of whom the run has
 * made sure; the answer may be missing, and then `@here` stands for all.
 */
export function mentionsIn(history: readonly Operation[]) {
  const mutes = mutesOf(history)
  const online = new Map<string, Since>()
  for (const [at, operation] of history.entries()) if (operation.op === 'online') online.set(operation.user, at)
  return (version: Version | undefined, viewer: string): boolean | null => {
    const mentions = version?.state?.mentions ?? null
    if (version === undefined || mentions === null) return false
    if (mentions.users.includes(viewer)) return true
    if (!mentions.all && !mentions.here) return false
    const { called } = version
    if (called === null) return null
    const span = {
      from: called.asked,
      fromMs: called.askedMs,
      to: called.end?.at ?? Infinity,
      toMs: called.end?.ms ?? Infinity,
    }
    const isMuted = mutes.during(viewer, called.conversation, span)
    if (isMuted !== false) return isMuted === true ? false : null
    return mentions.all || (online.get(viewer) ?? Infinity) < called.asked ? true : null
  }
}
