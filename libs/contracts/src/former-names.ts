type Data = Readonly<Record<string, unknown>>

interface Former {
  readonly type: string
  readonly data?: (data: Data) => Data
}

/**
 * Event names before November 2026: records that are still in Kafka or in an outbox during the upgrade are accepted
 * too.
 */
const formerNames: Readonly<Record<string, Former>> = {
  'user.registered': { type: 'UserRegistered' },
  'user.profile-updated': { type: 'ProfileUpdated' },
  'conversation.started': {
    type: 'ConversationStarted',
    data: ({ startedBy, ...data }) => ({ ...data, actorId: startedBy }),
  },
  'conversation.member-added': {
    type: 'MemberJoined',
    data: ({ addedBy, userId, ...data }) => ({ ...data, actorId: addedBy, memberId: userId }),
  },
  'conversation.member-left': {
    type: 'MemberLeft',
    // Old records have no heir: the owner of conversations is asked when it is needed.
    data: ({ userId, ...data }) => ({ ...data, actorId: userId, memberId: userId, heirId: null }),
  },
  'conversation.renamed': {
    type: 'TitleChanged',
    data: ({ renamedBy, ...data }) => ({ ...data, actorId: renamedBy }),
  },
  'message.sent': { type: 'MessageSent' },
}

/** A record under its current name; other values unchanged. */
export function underTodaysName(value: unknown): unknown {
  if (!isRecord(value) || typeof value['type'] !== 'string' || !Object.hasOwn(formerNames, value['type'])) return value
  const former = formerNames[value['type']]
  if (former === undefined) return value
  const { data } = value
  return { ...value, type: former.type, data: isRecord(data) && former.data !== undefined ? former.data(data) : data }
}

const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)
