import { integrationEvents, type Topic } from './integration-events'
import { requests, type RequestTopic } from './requests'

export interface TopicSpec {
  readonly topic: string
  readonly partitions: number
  /** How long a record is kept, in milliseconds. */
  readonly retentionMs: number
}

const DAY = 86_400_000
const partitions = 6

const eventTopics = [...new Set<Topic>(Object.values(integrationEvents).map((event) => event.topic))]

/** Where a record of `topic` goes after the last failed attempt; its headers carry the cause. */
export const deadLetterTopic = (topic: string): string => `${topic}.dlq`

/** All topics. `create-topics` creates them; producers never do. */
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
