import { limits } from '@parley/kernel/limits'
import { z } from 'zod'
import { cloudEventEnvelope, type CloudEventEnvelope } from './cloud-event'
import { underTodaysName } from './former-names'

const uuid = z.uuid()
const conversationKind = z.enum(['direct', 'group'])
const role = z.enum(['owner', 'member'])

/** The fields of every conversation event: the conversation, the version of its stream, and the actor. */
const ofConversation = z.object({ conversationId: uuid, streamVersion: z.int().positive(), actorId: uuid })

/** Every event about a message: where it stands in the conversation's log, and how the message is after it. */
const ofMessage = z.object({
  conversationId: uuid,
  seq: z.int().positive(),
  messageId: uuid,
  authorId: uuid,
  /** The beginning of the text: enough for a notification, never the whole text. */
  excerpt: z.string().max(limits.excerptUnits),
  /** The message whose thread it is a reply in; absent when it is in none. */
  threadId: uuid.optional(),
  /** Whether a reply is in the list of the conversation as well; absent when it is in no thread. */
  alsoInConversation: z.boolean().optional(),
})

/** The members whom it newly mentions, by name, as all or as online; its author is not among them. Absent for nobody. */
const mentioned = z.array(uuid).optional()

const ofReaction = ofMessage.extend({ emoji: z.string(), reactorId: uuid })

/**
 * Every event that crosses Kafka, under the one name that it has everywhere: its topic, the version of its data and
 * their schema. A breaking change to a schema is a new version beside the old one, never an edit.
 * `schema/asyncapi.yaml` is printed from this map.
 */
export const integrationEvents = {
  UserRegistered: {
    topic: 'parley.user',
    version: 1,
    data: z.object({ userId: uuid, username: z.string(), displayName: z.string() }),
  },
  ProfileUpdated: {
    topic: 'parley.user',
    version: 1,
    data: z.object({ userId: uuid, displayName: z.string() }),
  },
  ConversationStarted: {
    topic: 'parley.conversation',
    version: 1,
    data: ofConversation.extend({
      kind: conversationKind,
      title: z.string().nullable(),
      members: z.array(z.object({ userId: uuid, role })),
    }),
  },
  MemberJoined: {
    topic: 'parley.conversation',
    version: 1,
    data: ofConversation.extend({ memberId: uuid, role }),
  },
  MemberLeft: {
    topic: 'parley.conversation',
    version: 1,
    /** `heirId`: the new owner of the conversation, when its last owner left and members remain. */
    data: ofConversation.extend({ memberId: uuid, heirId: uuid.nullable() }),
  },
  TitleChanged: {
    topic: 'parley.conversation',
    version: 1,
    data: ofConversation.extend({ title: z.string() }),
  },
  TopicChanged: {
    topic: 'parley.conversation',
    version: 1,
    /** `topic`: null when it was cleared. */
    data: ofConversation.extend({ topic: z.string().nullable() }),
  },
  MessageSent: { topic: 'parley.message', version: 1, data: ofMessage.extend({ mentioned }) },
  /** For those who keep an excerpt: of two events about a message the one with the higher seq is the newer. */
  MessageEdited: {
    topic: 'parley.message',
    version: 1,
    /** `unmentioned`: whom it mentioned until now. Absent for nobody. */
    data: ofMessage.extend({ mentioned, unmentioned: z.array(uuid).optional() }),
  },
  ReactionAdded: { topic: 'parley.message', version: 1, data: ofReaction },
  ReactionRemoved: { topic: 'parley.message', version: 1, data: ofReaction },
  /** The excerpt is empty: those who keep one forget theirs. Nobody is mentioned any more. */
  MessageDeleted: { topic: 'parley.message', version: 1, data: ofMessage },
} as const satisfies Record<string, { topic: string; version: number; data: z.ZodType }>

export type IntegrationEventType = keyof typeof integrationEvents
export type Topic = (typeof integrationEvents)[IntegrationEventType]['topic']
export type IntegrationEventData<T extends IntegrationEventType> = z.infer<(typeof integrationEvents)[T]['data']>

export interface IntegrationEvent<T extends IntegrationEventType = IntegrationEventType> extends Omit<
  CloudEventEnvelope,
  'type' | 'data'
> {
  readonly type: T
  readonly data: IntegrationEventData<T>
}

/** The kinds of events on a topic. */
export type KindOn<T extends Topic> = {
  [Kind in IntegrationEventType]: (typeof integrationEvents)[Kind]['topic'] extends T ? Kind : never
}[IntegrationEventType]

export const kindsOn = <T extends Topic>(topic: T): readonly KindOn<T>[] =>
  Object.entries(integrationEvents).flatMap(([kind, event]) => (event.topic === topic ? [kind as KindOn<T>] : []))

/** A union over `type`, so that a switch narrows `data`. */
export type AnyIntegrationEvent = { [T in IntegrationEventType]: IntegrationEvent<T> }[IntegrationEventType]

/** The events of these kinds. */
export type EventOf<T extends IntegrationEventType> = Extract<AnyIntegrationEvent, { readonly type: T }>

export class ContractViolation extends Error {
  override readonly name = 'ContractViolation'
}

const anyKind = z.looseObject({ type: z.string() })

/** The current name of a record's type; null when it is unknown. */
export function kindOf(value: unknown): string | null {
  const named = anyKind.safeParse(underTodaysName(value))
  return named.success ? named.data.type : null
}

/** Parses a record from the wire. Throws ContractViolation when no known version describes it. */
export function parseIntegrationEvent(value: unknown): AnyIntegrationEvent {
  const envelope = cloudEventEnvelope.safeParse(underTodaysName(value))
  if (!envelope.success) throw new ContractViolation(`Not a CloudEvent: ${z.prettifyError(envelope.error)}`)
  const { type, dataversion } = envelope.data
  if (!Object.hasOwn(integrationEvents, type)) throw new ContractViolation(`Unknown event type ${type.slice(0, 80)}`)
  const contract = integrationEvents[type as IntegrationEventType]
  if (contract.version !== dataversion) throw new ContractViolation(`Unknown version ${dataversion} of ${type}`)
  const data = contract.data.safeParse(envelope.data.data)
  if (!data.success) throw new ContractViolation(`${type} breaks its contract: ${z.prettifyError(data.error)}`)
  return { ...envelope.data, type, data: data.data } as AnyIntegrationEvent
}

export interface EventOrigin {
  readonly id: string
  readonly source: string
  readonly subject: string
  readonly time: Date
  readonly requestId?: string | undefined
}

export function integrationEvent<T extends IntegrationEventType>(
  type: T,
  data: IntegrationEventData<T>,
  origin: EventOrigin,
): IntegrationEvent<T> {
  return {
    specversion: '1.0',
    id: origin.id,
    source: origin.source,
    type,
    subject: origin.subject,
    time: origin.time.toISOString(),
    datacontenttype: 'application/json',
    dataversion: integrationEvents[type].version,
    ...(origin.requestId === undefined ? {} : { requestid: origin.requestId }),
    data,
  }
}
