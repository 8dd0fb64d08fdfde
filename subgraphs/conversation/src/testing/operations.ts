/** What a client sends, as tests of the whole subgraph send it. */
const parts = 'id kind title memberCount createdAt members { user { id } role joinedAt }'
const payload = `{ conversation { ${parts} } }`
export const startDirect = `mutation ($input: StartDirectConversationInput!) { startDirectConversation(input: $input) ${payload} }`
export const createGroup = `mutation ($input: CreateGroupConversationInput!) { createGroupConversation(input: $input) ${payload} }`
export const addMembers = `mutation ($input: AddMembersInput!) { addMembers(input: $input) ${payload} }`
export const rename = `mutation ($input: RenameConversationInput!) { renameConversation(input: $input) ${payload} }`
export const leave =
  'mutation ($input: LeaveConversationInput!) { leaveConversation(input: $input) { conversationId } }'
export const conversation = `query ($id: ID!) { conversation(id: $id) { ${parts} } }`
export const conversations = `query ($first: Int, $after: String) { conversations(first: $first, after: $after) {
  edges { cursor node { id title members { user { id } } } } pageInfo { hasNextPage endCursor } } }`
export const entities =
  'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Conversation { id title memberCount } } }'

export interface Answer {
  readonly data?: Record<string, never> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}
/** What the operations above select of a conversation. */
export interface Shown {
  readonly id: string
  readonly title: string | null
  readonly memberCount: number
  readonly members: readonly {
    readonly user: { readonly id: string }
    readonly role: string
    readonly joinedAt: string
  }[]
}
