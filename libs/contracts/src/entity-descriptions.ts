/**
 * Descriptions of entities, for the owning subgraph and for every subgraph that references them: composition keeps only
 * one of the descriptions, so they must be equal.
 */
export const entityDescriptions = {
  User: 'A person with an account, as every signed-in user may see them.',
  Conversation: 'A place where people write to each other. Only its members can see it.',
  Message: 'A message in a conversation, in its current state.',
  id: 'Unique and never reused.',
} as const
