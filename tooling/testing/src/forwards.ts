import { textsSeen } from './calls.ts'
import type { Call } from './calls.ts'
import type { Entry, Operation } from './history.ts'

/** What a forward was made from: the text that it had, and who wrote it first. */
export interface Origin {
  readonly text: string
  readonly authorId: string
}

/** A text of a message, by the call that sent it or changed the message to it. */
interface Said {
  readonly text: string
  readonly by: Call
}

/** The texts of a message in their order. */
interface Spoken {
  readonly sending: Entry
  readonly by: Call
  readonly texts: readonly Said[]
}

/**
 * Finds what each forward was made from. Its text is one that the source had while the forward was asked for; of several
 * it is the one that was seen. When it is none of them, the last of them is what the forward must have.
 */
export function originsOf(
  history: readonly Operation[],
  logs: ReadonlyMap<string, ReadonlyMap<number, Entry>>,
  caused: ReadonlyMap<Entry, Call | null>,
) {
  const seen = textsSeen(history)
  const spoken = spokenIn(logs, caused)
  const sent = new Map([...spoken.values()].map((one) => [one.by, one.sending]))
  const known = new Map<Call, Origin | null>()

  const find = (call: Call): Origin | null => {
    const source = spoken.get(call.wish.sourceId ?? '')
    if (source === undefined) return null
    const first = originOf(source.by)
    const authorId = first?.authorId ?? source.sending.actor
    const texts = first === null ? source.texts : [{ text: first.text, by: source.by }]
    const possible = textsDuring(call, texts)
    const own = sent.get(call)
    const shown = own === undefined ? new Set<string>() : seen(own.id, own.seq)
    const text = possible.findLast((one) => shown.has(one)) ?? possible.at(-1) ?? ''
    return { text, authorId }
  }

  function originOf(call: Call): Origin | null {
    if (call.wish.sourceId === undefined) return null
    if (known.has(call)) return known.get(call) ?? null
    // A forward of itself has no text.
    known.set(call, null)
    const origin = find(call)
    known.set(call, origin)
    return origin
  }
  return originOf
}

/** A text was there at some time during a call, if it was asked for before the end and the next one was not there at the beginning. */
const textsDuring = ({ asked, end }: Call, texts: readonly Said[]): readonly string[] =>
  texts
    .filter(({ by }, index) => {
      const next = texts[index + 1]?.by.end?.at ?? Infinity
      return by.asked < (end?.at ?? Infinity) && next > asked
    })
    .map(({ text }) => text)

function spokenIn(
  logs: ReadonlyMap<string, ReadonlyMap<number, Entry>>,
  caused: ReadonlyMap<Entry, Call | null>,
): ReadonlyMap<string, Spoken> {
  const spoken = new Map<string, Spoken>()
  for (const entry of [...logs.values()].flatMap((log) => [...log.values()])) {
    const by = caused.get(entry) ?? null
    const { kind, about = null } = entry
    if (by === null || about === null) continue
    const before = spoken.get(about)
    const said = { text: by.wish.text ?? '', by }
    if (kind === 'MessageSent') spoken.set(about, { sending: entry, by, texts: [said] })
    if (kind === 'MessageEdited' && before !== undefined)
      spoken.set(about, { ...before, texts: [...before.texts, said] })
  }
  return spoken
}
