import { integrationEvents, type Topic } from './integration-events'
import { requests, type RequestTopic } from './requests'

export interface TopicSpec {
  readonly topic: string
  readonly partitions: number
  /** Milliseconds that a record is kept. */
  readonly retentionMs: number
}

const DAY = 86_400_000
const partitions = 6

const eventTopics = [...new Set<Topic>(Object.values(integrationEvents).map((event) => event.topic))]

/** Where a record of `topic` goes after the last failed try; its headers name the cause. */
export const deadLetterTopic = (topic: string): string => `${topic}.dlq`

/** Every topic there is. They are created by `create-topics`, never by a producer's accident. */
export const topics: readonly TopicSpec[] = [
  ...eventTopics.flatMap((topic) => [
    { topic, partitions, retentionMs: 7 * DAY },
    { topic: deadLetterTopic(topic), partitions: 1, retentionMs: 30 * DAY },
  ]),
  ...(Object.keys(requests) as RequestTopic[]).flatMap((topic) => [
    { topic, partitions, retentionMs: DAY / 24 },
    { topic: `${topic}.reply`, partitions, retentionMs: DAY / 24 },
  ]),
]
