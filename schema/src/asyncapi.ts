import contracts from '@parley/contracts/integration-events'
import topicContracts from '@parley/contracts/topics'
import { stringify } from 'yaml'
import { z } from 'zod'

/** The events that cross Kafka as an AsyncAPI 3.0 document, printed from the contracts that the code itself uses. */
export function printAsyncApi(): string {
  const events = Object.entries(contracts.integrationEvents)
  const byTopic = Map.groupBy(events, ([, { topic }]) => topic)
  const channels = [...byTopic].map(
    ([topic, entries]) =>
      [
        topic,
        {
          address: topic,
          description: `${topicContracts.topics.find((spec) => spec.topic === topic)?.partitions} partitions; the key is the aggregate's id, which is also the event's subject.`,
          messages: Object.fromEntries(entries.map(([type]) => [type, { $ref: `#/components/messages/${type}` }])),
        },
      ] as const,
  )
  const messages = events.map(
    ([type, { version, data }]) =>
      [
        type,
        {
          name: type,
          title: `${type}, version ${version}`,
          contentType: 'application/cloudevents+json',
          payload: {
            allOf: [
              { $ref: '#/components/schemas/cloudEvent' },
              {
                type: 'object',
                properties: {
                  type: { const: type },
                  dataversion: { const: version },
                  data: withoutDialect(z.toJSONSchema(data)),
                },
              },
            ],
          },
        },
      ] as const,
  )
  return stringify({
    asyncapi: '3.0.0',
    info: { title: 'Parley: integration events', version: '1.0.0' },
    channels: Object.fromEntries(channels),
    components: { messages: Object.fromEntries(messages), schemas: { cloudEvent } },
  })
}

const withoutDialect = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'))

/** CloudEvents 1.0, JSON format, with two extensions: the version of the data and the request that caused the event. */
const cloudEvent = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'dataversion', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: { type: 'string' },
    subject: { type: 'string', format: 'uuid' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    dataversion: { type: 'integer', minimum: 1 },
    requestid: { type: 'string' },
  },
}
