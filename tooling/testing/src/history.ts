import { readFileSync, writeFileSync } from 'node:fs'

/** One event of a conversation's timeline, as a client saw it. */
export interface Entry {
  readonly seq: number
  /** Its line in the list, if others have to read it; null for none. */
  readonly line: number | null
  /** The id of the message that it sent; for any other event a value that is unique to it. */
  readonly id: string
  readonly actor: string
  /** Null for everything but messages. */
  readonly clientId: string | null
  /** Its name in the API. With it, and with what was asked for, the checker knows what it did to its message. */
  readonly kind?: string
  /** The id of the message that it is about; null for none. */
  readonly about?: string | null
  /** Of an event that adds or removes a member. */
  readonly member?: string
  /** How many messages are pinned after it, of an event that tells it. */
  readonly pins?: number
}

/** What a message is after one of its events. The model of the checker makes the same, from what was asked for. */
export interface MessageState {
  readonly text: string
  readonly isEdited: boolean
  readonly editCount: number
  readonly isDeleted: boolean
  /** In the order of their first one, each with who reacted, in the order of time. */
  readonly reactions: readonly { readonly emoji: string; readonly users: readonly string[] }[]
  readonly pinnedBy: string | null
  /** Null for nobody. */
  readonly mentions: Mentions | null
  /** Whether it makes a line of the conversation. */
  readonly isInList: boolean
  /** Its place in a thread. */
  readonly reply: { readonly root: string; readonly line: number } | null
  /** Its own thread; who replied last comes last. */
  readonly thread: { readonly lines: number; readonly replies: number; readonly participants: readonly string[] } | null
  /** The message that it quotes. */
  readonly replyToId: string | null
  /** Who wrote the text, of a forward. */
  readonly forwardedFromId: string | null
}

/** Whom a message mentions: those it names, in the order of the text, everybody, and those who are online. Never its author. */
export interface Mentions {
  readonly users: readonly string[]
  readonly all: boolean
  readonly here: boolean
}

/** A change that a client wants. `kind` is the event that it makes. */
export interface Wish {
  readonly kind: string
  /** The id of the message to change; null for one that is to be sent. */
  readonly about: string | null
  /** Its first word is unique in the run. */
  readonly text?: string
  readonly emoji?: string
  /** Of a text. */
  readonly mentions?: Mentions
  /** Of a message that is to be sent in a thread. */
  readonly reply?: { readonly root: string; readonly alsoInConversation: boolean }
  /** The message that one to be sent quotes. */
  readonly replyToId?: string
  /** The message that is to be forwarded. */
  readonly sourceId?: string
  /** Who is to be a member, or not any more. */
  readonly member?: string
}

/** How many operations were recorded when a client asked: what others were told before must be in the answer. */
export type Since = number

/** By the monotonic clock of the run. */
export type Milliseconds = number

/** What clients did and saw. One operation is one line of JSON, so that a run can be stored and checked again. */
export type Operation =
  /** The server answered a send with success. */
  | { readonly op: 'acknowledged'; readonly conversation: string; readonly entry: Entry }
  /** From which seq on a user is a member: 0 for those who were there from the start. */
  | { readonly op: 'joined'; readonly conversation: string; readonly user: string; readonly seq: number }
  | { readonly op: 'left'; readonly conversation: string; readonly user: string; readonly seq: number }
  | {
      readonly op: 'opened'
      readonly stream: string
      readonly conversation: string
      readonly viewer: string
      readonly after: number
      /** The gateway that serves it. */
      readonly gateway?: string
    }
  | { readonly op: 'delivered'; readonly stream: string; readonly entry: Entry; readonly ms?: Milliseconds }
  /** The run waited until this stream should have delivered everything up to `seq`. */
  | { readonly op: 'settled'; readonly stream: string; readonly seq: number }
  /** A whole history, read from 1 to the head, when all was quiet. */
  | {
      readonly op: 'read-back'
      readonly conversation: string
      readonly viewer: string
      readonly headSeq: number
      readonly entries: readonly Entry[]
    }
  /** A client asks for a change, for the first time; `call` is the client id, which repetitions share. */
  | {
      readonly op: 'asked'
      readonly call: string
      readonly conversation: string
      readonly user: string
      readonly wish: Wish
      readonly ms?: Milliseconds
    }
  /** The server did it: the seq of the event, or null when there was nothing to change. One without an end is unknown. */
  | { readonly op: 'accepted'; readonly call: string; readonly seq: number | null; readonly ms?: Milliseconds }
  | { readonly op: 'refused'; readonly call: string; readonly code: string }
  /**
   * A message in a frame of a stream, beside the event of `seq`; in an answer or page; or as the newest one of a
   * conversation, which follows the log after a moment, as lists do.
   */
  | {
      readonly op: 'saw'
      readonly conversation: string
      readonly viewer: string
      readonly where: 'frame' | 'answer' | 'page' | 'newest'
      readonly since: Since
      /** Of the event beside which it stands: the message is not older. */
      readonly seq: number
      readonly message: string
      readonly version: number
      readonly state: MessageState
    }
  /** A page, with how far the conversation had come when it was read. */
  | {
      readonly op: 'page'
      readonly conversation: string
      readonly viewer: string
      readonly since: Since
      readonly headSeq: number
      /** When it was asked for. */
      readonly ms?: Milliseconds
    }
  /** The first words of all texts in an answer or frame, wherever they stood. Of an inbox: since its stream was opened. */
  | {
      readonly op: 'showed'
      readonly viewer: string
      readonly since: Since
      readonly words: readonly string[]
      /** For an event in a frame of a timeline. */
      readonly inFrame?: { readonly stream: string; readonly seq: number; readonly ms: Milliseconds }
    }
  /** A read position was moved: forward to a line, or back so that this line is unread. `revision`: the one that was named. */
  | {
      readonly op: 'marked'
      readonly conversation: string
      readonly viewer: string
      readonly line: number
      readonly isBack: boolean
      readonly revision?: number
    }
  | {
      readonly op: 'position'
      readonly conversation: string
      readonly viewer: string
      readonly since: Since
      readonly readLine: number
      readonly revision?: number
    }
  /** The counts of an inbox or list, when all was quiet. */
  | {
      readonly op: 'unread'
      readonly conversation: string
      readonly viewer: string
      readonly readLine: number
      readonly unread: number
      readonly mentions?: number
    }
  /**
   * The total of a frame of an inbox, beside all conversations that are in it after this frame: of muted ones it counts the
   * unread mentions only.
   */
  | {
      readonly op: 'total'
      readonly viewer: string
      readonly unread: number
      readonly mentions: number
      readonly conversations: readonly {
        readonly conversation: string
        readonly unread: number
        readonly mentions: number
        /** null when the mute has ended so lately that the total may be of before it. */
        readonly isMuted: boolean | null
      }[]
    }
  /**
   * A conversation was muted, until a time or for ever, or unmuted; null when nobody knows. `isSure`: by the first request,
   * so that no other one may come late.
   */
  | {
      readonly op: 'muted'
      readonly conversation: string
      readonly viewer: string
      readonly isMuted: boolean | null
      readonly until: Milliseconds | null
      readonly isSure: boolean
      readonly since: Since
      readonly asked: Milliseconds
      readonly answered: Milliseconds
    }
  /** Whether a conversation is muted, as its owner was shown, with how often that was changed. */
  | {
      readonly op: 'mute'
      readonly conversation: string
      readonly viewer: string
      readonly isMuted: boolean
      readonly revision: number
      readonly since: Since
      readonly asked: Milliseconds
      readonly answered: Milliseconds
    }
  /** From now on this person is online, and all processes can know it. */
  | { readonly op: 'online'; readonly user: string }
  /** The texts of a message from the first one on, with all of its edits. */
  | {
      readonly op: 'versions'
      readonly message: string
      readonly viewer: string
      readonly since: Since
      readonly texts: readonly string[]
    }
  /** The read position in a thread was moved forward to a line of it. */
  | { readonly op: 'marked-thread'; readonly root: string; readonly viewer: string; readonly line: number }
  /** A page of a thread, with its counts; without replies there is none. */
  | {
      readonly op: 'thread'
      readonly root: string
      readonly viewer: string
      readonly since: Since
      /** The lines of the replies in it, as they came. */
      readonly lines: readonly number[]
      readonly replies: readonly string[]
      readonly readLine: number
      readonly unread: number
      readonly isFollowed: boolean
      /** Nothing was changed meanwhile: the counts are to be equal to a recount. */
      readonly isQuiet: boolean
    }
  /** The pinned messages of a conversation, when all was quiet. */
  | {
      readonly op: 'pinned'
      readonly conversation: string
      readonly viewer: string
      readonly count: number
      readonly messages: readonly string[]
    }
  /** A bookmark was set or removed. `isSure`: by the first request, so that no other one may come late. */
  | {
      readonly op: 'bookmarked'
      readonly viewer: string
      readonly message: string
      readonly isSet: boolean
      readonly isSure: boolean
    }
  /** The bookmarks that somebody was shown: of one conversation, or all of their own. */
  | {
      readonly op: 'bookmarks'
      readonly viewer: string
      readonly since: Since
      readonly conversation: string | null
      readonly messages: readonly string[]
    }

export type OperationOf<Name extends Operation['op']> = Extract<Operation, { readonly op: Name }>

/** Collects operations in order of completion; stored as JSON lines for the analysis of a failed run. */
export class History {
  readonly operations: Operation[] = []
  readonly #counts = new Map<Operation['op'], number>()

  get length(): Since {
    return this.operations.length
  }

  record(operation: Operation): void {
    this.operations.push(operation)
    this.#counts.set(operation.op, this.count(operation.op) + 1)
  }

  count(op: Operation['op']): number {
    return this.#counts.get(op) ?? 0
  }

  save(file: string): void {
    writeFileSync(file, this.operations.map((operation) => `${JSON.stringify(operation)}\n`).join(''))
  }
}

export function readHistory(file: string): Operation[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Operation)
}

export const operationsOf = <Name extends Operation['op']>(
  history: readonly Operation[],
  name: Name,
): readonly OperationOf<Name>[] => history.filter((operation): operation is OperationOf<Name> => operation.op === name)
