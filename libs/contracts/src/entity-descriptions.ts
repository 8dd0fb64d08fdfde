/**
 * What the schema says of an entity, in the subgraph that owns it and wherever another refers to it: composition takes one of
 * the descriptions, so there is one.
 */
export const entityDescriptions = {
  User: 'Somebody with an account, as everybody who is signed in may see them.',
  Conversation: 'A place where people write to each other. Only its members see it.',
  Message: 'What somebody wrote in a conversation, as it is now.',
  id: 'Unique and never reused.',
} as const
