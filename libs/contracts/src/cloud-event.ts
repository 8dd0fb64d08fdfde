import { z } from 'zod'

/** The CloudEvents 1.0 attributes that every record on Kafka carries (JSON format, `application/cloudevents+json`). */
export const cloudEventEnvelope = z.object({
  specversion: z.literal('1.0'),
  /** UUID; consumers use it for idempotency. */
  id: z.uuid(),
  /** The subgraph that owns the aggregate, as a URI reference: `/subgraphs/conversation`. */
  source: z.string().min(1),
  type: z.string().min(1),
  /** The aggregate's id, equal to the record's key. */
  subject: z.uuid(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** Version of the event's data schema, from 1. */
  dataversion: z.int().positive(),
  /** The id of the request that caused it, for the consumers' logs. */
  requestid: z.string().optional(),
  data: z.unknown(),
})
export type CloudEventEnvelope = z.infer<typeof cloudEventEnvelope>
