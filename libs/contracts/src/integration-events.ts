import { z } from 'zod'
import { cloudEventEnvelope, type CloudEventEnvelope } from './cloud-event'

const uuid = z.uuid()
const conversationKind = z.enum(['direct', 'group'])
const role = z.enum(['owner', 'member'])

/**
 * Every event that crosses Kafka: its topic, the version of its data and their schema. A breaking change to a schema is a
 * new version beside the old one, never an edit. `schema/asyncapi.yaml` is printed from this map.
 */
export const integrationEvents = {
  'user.registered': {
    topic: 'parley.user',
    version: 1,
    data: z.object({ userId: uuid, username: z.string(), displayName: z.string() }),
  },
  'user.profile-updated': {
    topic: 'parley.user',
    version: 1,
    data: z.object({ userId: uuid, displayName: z.string() }),
  },
  'conversation.started': {
    topic: 'parley.conversation',
    version: 1,
    data: z.object({
      conversationId: uuid,
      streamVersion: z.int().positive(),
      kind: conversationKind,
      title: z.string().nullable(),
      startedBy: uuid,
      members: z.array(z.object({ userId: uuid, role })),
    }),
  },
  'conversation.member-added': {
    topic: 'parley.conversation',
    version: 1,
    data: z.object({ conversationId: uuid, streamVersion: z.int().positive(), userId: uuid, role, addedBy: uuid }),
  },
  'conversation.member-left': {
    topic: 'parley.conversation',
    version: 1,
    data: z.object({ conversationId: uuid, streamVersion: z.int().positive(), userId: uuid }),
  },
  'conversation.renamed': {
    topic: 'parley.conversation',
    version: 1,
    data: z.object({ conversationId: uuid, streamVersion: z.int().positive(), title: z.string(), renamedBy: uuid }),
  },
  'message.sent': {
    topic: 'parley.message',
    version: 1,
    data: z.object({
      conversationId: uuid,
      seq: z.int().positive(),
      messageId: uuid,
      authorId: uuid,
      /** The first 200 characters: enough for a notification, never the whole text. */
      excerpt: z.string().max(200),
    }),
  },
  'message.read': {
    topic: 'parley.message',
    version: 1,
    data: z.object({ conversationId: uuid, userId: uuid, seq: z.int().nonnegative() }),
  },
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

/** A union over `type`, so that a switch narrows `data`. */
export type AnyIntegrationEvent = { [T in IntegrationEventType]: IntegrationEvent<T> }[IntegrationEventType]

export class ContractViolation extends Error {
  override readonly name = 'ContractViolation'
}

/** Parses what came off the wire. Throws ContractViolation for anything that no version known here describes. */
export function parseIntegrationEvent(value: unknown): AnyIntegrationEvent {
  const envelope = cloudEventEnvelope.safeParse(value)
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
