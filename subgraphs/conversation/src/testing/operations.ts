/** The operations that tests of the whole subgraph send. */
const parts = 'id kind title topic memberCount createdAt members { user { id } role joinedAt }'
const errors = 'errors { code message ... on InvalidField { field } }'
const payload = `{ conversation { ${parts} } ${errors} }`
export const startDirect = `mutation ($input: StartDirectConversationInput!) { startDirectConversation(input: $input) ${payload} }`
export const createGroup = `mutation ($input: CreateGroupConversationInput!) { createGroupConversation(input: $input) ${payload} }`
export const addMembers = `mutation ($input: AddMembersInput!) { addMembers(input: $input) ${payload} }`
export const setTopic = `mutation ($input: SetTopicInput!) { setTopic(input: $input) ${payload} }`
export const rename = `mutation ($input: RenameConversationInput!) { renameConversation(input: $input) ${payload} }`
export const leave = `mutation ($input: LeaveConversationInput!) { leaveConversation(input: $input) { conversationId ${errors} } }`
export const conversation = `query ($id: ID!) { conversation(id: $id) { ${parts} } }`
export const conversations = `query ($first: Int, $after: String) { conversations(first: $first, after: $after) {
  edges { cursor node { id title members { user { id } } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
export const entities =
  'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Conversation { id title memberCount } } }'

interface Payload {
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
}

export interface Answer {
  readonly data?: Record<string, never> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

/** The errors that a person can correct, of the first mutation of an operation. */
export const userErrorsIn = ({ data }: Answer): NonNullable<Payload['errors']> =>
  (Object.values(data ?? {}) as unknown as (Payload | null)[])[0]?.errors ?? []

/** The selection of a conversation in the operations above. */
export interface Shown {
  readonly id: string
  readonly title: string | null
  readonly topic: string | null
  readonly memberCount: number
  readonly members: readonly {
    readonly user: { readonly id: string }
    readonly role: string
    readonly joinedAt: string
  }[]
}
export interface Connection {
  readonly edges: readonly {
    readonly cursor: string
    readonly node: { readonly id: string; readonly members: readonly unknown[] }
  }[]
  readonly pageInfo: Readonly<Record<'startCursor' | 'endCursor', string | null>> &
    Readonly<Record<'hasNextPage' | 'hasPreviousPage', boolean>>
}
