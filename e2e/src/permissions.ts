/** In the order of the verdicts. The author wrote the message and owns the group; the former member has left it. */
export const roles = ['anonymous', 'outsider', 'former member', 'member', 'author'] as const

/** The code with which each role is refused; null for what it may. */
type Verdicts = readonly [string, ...(string | null)[]] & { readonly length: 5 }

const members: Verdicts = ['UNAUTHENTICATED', 'NOT_FOUND', 'NOT_FOUND', null, null]
/** Of what belongs to the viewer alone. */
const everybody: Verdicts = ['UNAUTHENTICATED', null, null, null, null]

/** Who may use each field of the message subgraph, about a message of the author in the group. */
export const permissions: Readonly<Record<string, Verdicts>> = {
  'query message': members,
  'query timeline': members,
  'query thread': members,
  'query threads': everybody,
  'query bookmarks': everybody,
  'query receiptPrivacy': everybody,
  'mutation sendMessage': members,
  'mutation forwardMessage': members,
  'mutation editMessage': ['UNAUTHENTICATED', 'NOT_FOUND', 'NOT_FOUND', 'NOT_AUTHOR', null],
  'mutation deleteMessage': ['UNAUTHENTICATED', 'NOT_FOUND', 'NOT_FOUND', 'NOT_MODERATOR', null],
  'mutation addReaction': members,
  'mutation removeReaction': members,
  'mutation pinMessage': members,
  'mutation unpinMessage': members,
  'mutation addBookmark': members,
  'mutation removeBookmark': everybody,
  'mutation markRead': members,
  'mutation markUnread': members,
  'mutation markThreadRead': members,
  'mutation muteConversation': members,
  'mutation unmuteConversation': members,
  'mutation setReceiptPrivacy': everybody,
  'mutation setTyping': members,
  'subscription timeline': members,
  'subscription typing': members,
  'subscription readPositions': members,
  'subscription inbox': everybody,
}
