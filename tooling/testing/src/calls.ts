import { operationsOf } from './history.ts'
import type { Entry, Milliseconds, Operation, Since, Wish } from './history.ts'

/** A change that was asked for, with all of its repetitions. */
export interface Call {
  readonly id: string
  readonly conversation: string
  readonly user: string
  readonly wish: Wish
  readonly asked: Since
  readonly askedMs: Milliseconds
  /** Null while nobody knows: it may have been done, once. */
  end: {
    readonly at: Since
    readonly ms: Milliseconds
    readonly seq: number | null
    readonly refusal: string | null
  } | null
}

export function callsOf(history: readonly Operation[]): ReadonlyMap<string, Call> {
  const calls = new Map<string, Call>()
  for (const [at, operation] of history.entries()) {
    if (operation.op === 'asked') {
      const { call: id, conversation, user, wish, ms = 0 } = operation
      calls.set(id, { id, conversation, user, wish, asked: at, askedMs: ms, end: null })
    }
    if (operation.op === 'accepted') {
      const { seq, ms = Infinity } = operation
      end(calls, operation.call, { at, ms, seq, refusal: null })
    }
    if (operation.op === 'refused') end(calls, operation.call, { at, ms: Infinity, seq: null, refusal: operation.code })
  }
  return calls
}

function end(calls: ReadonlyMap<string, Call>, id: string, how: Call['end']): void {
  const call = calls.get(id)
  if (call === undefined) throw new Error(`The history has the end of ${id} and not its beginning`)
  call.end = how
}

/** Finds the call that made an event: the one that was told its seq, or one that was told nothing and asked for this. */
export function causes(history: readonly Operation[], calls: ReadonlyMap<string, Call>) {
  const place = (conversation: string, seq: number) => `${conversation} ${seq}`
  const told = new Map<string, Call[]>()
  const untold = new Set<Call>()
  for (const call of calls.values()) {
    if (call.end === null) untold.add(call)
    else if (call.end.seq !== null) {
      const key = place(call.conversation, call.end.seq)
      told.set(key, [...(told.get(key) ?? []), call])
    }
  }
  const texts = textsSeen(history)
  return (conversation: string, entry: Entry): Call | null => {
    const { kind, about, actor, clientId, seq } = entry
    const fits = ({ wish, user, conversation: where, id }: Call) =>
      where === conversation &&
      wish.kind === kind &&
      user === actor &&
      (kind === 'MessageSent' ? id === clientId : wish.about === about)
    const answered = told.get(place(conversation, seq))?.find(fits)
    if (answered !== undefined) return answered
    const candidates = [...untold].filter(fits)
    const seen = texts(about ?? '', seq)
    const found = candidates.find(({ wish }) => seen.has(wish.text ?? '')) ?? candidates[0]
    if (found !== undefined) untold.delete(found)
    return found ?? null
  }
}

/** The texts with which anybody saw a version of a message. */
export function textsSeen(history: readonly Operation[]) {
  const texts = new Map<string, Set<string>>()
  for (const { message, version, state } of operationsOf(history, 'saw')) {
    const key = `${message} ${version}`
    const known = texts.get(key)
    if (known === undefined) texts.set(key, new Set([state.text]))
    else known.add(state.text)
  }
  return (message: string, version: number): ReadonlySet<string> => texts.get(`${message} ${version}`) ?? new Set()
}
