/** What a client sends, as tests of the whole subgraph send it. */
const message = 'id conversationId seq clientId author { id } text sentAt'
const common = '__typename conversationId seq at actor { id }'
const event = `${common}
  ... on MessageSent { message { ${message} } }
  ... on ConversationStarted { startedAs: title }
  ... on MemberJoined { member { id } }
  ... on MemberLeft { member { id } }
  ... on TitleChanged { title }`

export const sendMessage = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { event { ${common} message { ${message} } } } }`
export const markRead = `mutation ($input: MarkReadInput!) {
  markRead(input: $input) { conversation { id readSeq unreadCount } } }`
export const history = `query ($of: [_Any!]!, $before: Int, $last: Int) { _entities(representations: $of) {
  ... on Conversation { history(before: $before, last: $last) { events { ${event} } hasEarlier headSeq } } } }`
export const summary = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Conversation { id headSeq readSeq unreadCount lastMessage { ${message} } } } }`
export const messages = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Message { ${message} } } }`
export const timeline = `subscription ($conversationId: ID!, $after: Int!) {
  timeline(conversationId: $conversationId, after: $after) { events { ${event} } headSeq } }`

interface Person {
  readonly id: string
}

/** What the operations above select of a message. */
export interface ShownMessage {
  readonly id: string
  readonly conversationId: string
  readonly seq: number
  readonly clientId: string
  readonly author: Person
  readonly text: string
  readonly sentAt: string
}

/** … and of an event: what is particular to a kind is there for that kind only. */
export interface ShownEvent {
  readonly __typename: string
  readonly conversationId: string
  readonly seq: number
  readonly at: string
  readonly actor: Person
  readonly message?: ShownMessage
  readonly startedAs?: string | null
  readonly member?: Person
  readonly title?: string
}

export interface ShownPage {
  readonly events: readonly ShownEvent[]
  readonly hasEarlier: boolean
  readonly headSeq: number
}

export interface ShownSummary {
  readonly id: string
  readonly headSeq: number
  readonly readSeq: number
  readonly unreadCount: number
  readonly lastMessage: ShownMessage | null
}

export type ShownFrame = Pick<ShownPage, 'events' | 'headSeq'>

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

export const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code
