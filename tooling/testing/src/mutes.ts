import type { Milliseconds, Operation, OperationOf, Since } from './history.ts'

/** How long after it was asked for in vain a request may still be done: it has no client id. */
const longestDelayMs = 40_000
/** How exactly a mute ends by itself. */
const slackMs = 1_000

/** From when on something was asked for until it was answered; `to` is infinite for what nobody answered. */
interface Span {
  readonly from: Since
  readonly fromMs: Milliseconds
  readonly to: Since
  readonly toMs: Milliseconds
}

type Change = OperationOf<'muted'> & { readonly at: Since }

interface Mutes {
  /** Whether it was muted during all of this time, as far as its owner was told; null when that is not known. */
  during(viewer: string, conversation: string, span: Span): boolean | null
  /** How often it was changed before, at least and at most. */
  changes(viewer: string, conversation: string, span: Span): readonly [number, number]
}

export function mutesOf(history: readonly Operation[]): Mutes {
  const known = new Map<string, Change[]>()
  for (const [at, operation] of history.entries()) {
    if (operation.op !== 'muted') continue
    const key = `${operation.viewer} ${operation.conversation}`
    known.set(key, [...(known.get(key) ?? []), { ...operation, at }])
  }
  const of = (viewer: string, conversation: string) => known.get(`${viewer} ${conversation}`) ?? []
  return {
    during: (viewer, conversation, span) => {
      const own = of(viewer, conversation)
      const isChanging = own.some(({ since, at }) => since < span.to && at > span.from)
      if (isChanging) return null
      const before = own.filter(({ at }) => at <= span.from)
      const last = before.at(-1)
      if (last === undefined) return false
      const mayComeLate = before.some(
        (one) => one !== last && !one.isSure && last.asked < one.answered + longestDelayMs,
      )
      return mayComeLate ? null : valueOf(last, span)
    },
    changes: (viewer, conversation, span) => {
      const own = of(viewer, conversation)
      const least = own.filter(({ at, isMuted }) => at <= span.from && isMuted !== null).length
      const isOpen = own.some(({ isSure, since, at }) => since < span.to && (!isSure || at > span.from))
      return [least, isOpen ? Infinity : least]
    },
  }
}

function valueOf({ isMuted, until }: Change, { fromMs, toMs }: Span): boolean | null {
  if (isMuted !== true || until === null) return isMuted
  if (toMs < until - slackMs) return true
  return fromMs > until + slackMs ? false : null
}
