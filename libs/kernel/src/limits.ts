/**
 * How much people may write, for the servers that check it and for the client that says so in time. Lengths are in characters as a
 * person counts them, which is Unicode code points.
 */
export const limits = {
  messageLength: 8_000,
  /** Of a conversation. */
  titleLength: 80,
  topicLength: 250,
  displayNameLength: 50,
  statusLength: 100,
  usernameLength: { min: 3, max: 24 },
  passwordLength: { min: 10, max: 200 },
  /** In one conversation. */
  members: 100,
  pins: 100,
  /** Of one person. */
  bookmarks: 1_000,
  /** To one message, whose every state carries all of them: docs/decisions/0022-reactions.md. */
  reactions: {
    /** Different emoji. */
    perMessage: 30,
    perPerson: 10,
    /** With the same emoji. */
    people: 100,
  },
  /** Only the last ones of a conversation can be marked as unread again. */
  unreadLines: 1_000,
  /** How far ahead a conversation can be muted, unless for ever. */
  muteDays: 366,
  /** Of different people by name in one message. */
  mentions: 50,
  /** In one conversation: more are counted as so many. */
  unreadMentions: 100,
  /** Who is told of new replies in a thread: the last ones who replied. */
  threadParticipants: 100,
  /** What other services get to see of a message, in UTF-16 units. */
  excerptUnits: 200,
} as const
