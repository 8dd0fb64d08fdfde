import type { Person } from '../../../lib/people/people'

interface Entry {
  readonly seq: number
  readonly at: string
  readonly actor: Person
}

/** What members see change in a conversation, in the client's own words; the API's shape stays in timeline-source.ts. */
export type TimelineEvent =
  | (Entry & {
      readonly type: 'message'
      readonly messageId: string
      readonly clientId: string
      readonly text: string
    })
  | (Entry & { readonly type: 'started'; readonly title: string | null })
  | (Entry & { readonly type: 'joined'; readonly member: Person })
  | (Entry & { readonly type: 'left'; readonly member: Person })
  | (Entry & { readonly type: 'renamed'; readonly title: string })

export type MessageEvent = Extract<TimelineEvent, { type: 'message' }>

/** A bounded piece of history, ascending by seq. */
export interface TimelinePage {
  readonly events: readonly TimelineEvent[]
  readonly hasEarlier: boolean
  readonly headSeq: number
}

/** What the live stream brings: new events, or none of them as a sign of life. */
export interface TimelineFrame {
  readonly events: readonly TimelineEvent[]
  readonly headSeq: number
}
