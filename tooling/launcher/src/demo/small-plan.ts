import type {
  PlannedChange,
  PlannedConversation,
  PlannedMessage,
  PlannedPerson,
  PlannedThreadReading,
} from '@parley/contracts/demo-plan'
import { beginning } from './plan.ts'
import { Random } from './random.ts'
import { people, type Name, type Said, type Story, stories } from './stories.ts'

const minute = 60_000
const day = 1_440 * minute
/** How long before now the people of the demo have signed up. */
const signedUp = 30 * day

/** What `@name` stands for in the texts of stories. */
const mention = /@(\w+)/g

export function planSmallPeople(now: number): PlannedPerson[] {
  const random = new Random(3)
  return people.map(([username, displayName], index) => {
    const at = now - signedUp + index * minute
    return { id: random.uuid(at), username, displayName, createdAt: new Date(at).toISOString() }
  })
}

/** The stories as they would have been written by now. The same time gives the same plan. */
export function* planStories(planned: readonly PlannedPerson[], now: number): Generator<PlannedConversation> {
  const ids = new Map(planned.map(({ username, id }) => [username, id]))
  const random = new Random(4)
  for (const story of stories) yield new StoryPlan(story, ids, now, random).plan()
}

/** `3d 09:15` is a quarter past nine, three days ago; `25m` is 25 minutes ago. */
export function timeOf(when: string, now: number): number {
  const [, days, hours, minutes] = /^(\d+)d (\d\d):(\d\d)$/.exec(when) ?? []
  if (days !== undefined) {
    const at = new Date(now - Number(days) * day)
    return at.setHours(Number(hours), Number(minutes), 0, 0)
  }
  const [, ago] = /^(\d+)m$/.exec(when) ?? []
  if (ago === undefined) throw new Error(`A story says ${when}, which is no time`)
  return now - Number(ago) * minute
}

class StoryPlan {
  readonly #messages: PlannedMessage[] = []
  readonly #changes: PlannedChange[] = []
  readonly #readings: PlannedThreadReading[] = []
  /** The ids of what has a mark, by it. */
  readonly #marked = new Map<string, string>()

  readonly #story: Story
  readonly #ids: ReadonlyMap<string, string>
  readonly #now: number
  readonly #random: Random

  constructor(story: Story, ids: ReadonlyMap<string, string>, now: number, random: Random) {
    this.#story = story
    this.#ids = ids
    this.#now = now
    this.#random = random
  }

  plan(): PlannedConversation {
    const { title, members, lines, unread = {} } = this.#story
    const first = lines[0]
    if (first === undefined) throw new Error('A story has lines')
    const memberIds = members.map((name) => this.#id(name))
    const begun = beginning(memberIds, title, this.#time(first.at) - 2 * minute, this.#random)
    for (const line of lines) this.#say(line, null)
    const messages = this.#messages.toSorted((one, other) => one.at.localeCompare(other.at))
    // The start is a line too.
    const count = 1 + messages.filter(({ reply }) => reply === undefined || reply.alsoInConversation === true).length
    const readLines = members.map((name) => [this.#id(name), count - (unread[name] ?? 0)] as const)
    return {
      ...begun,
      messages,
      changes: this.#changes,
      readLines: Object.fromEntries(readLines),
      threadReadings: this.#readings,
    }
  }

  #say(said: Said, rootId: string | null): void {
    const at = this.#time(said.at)
    const id = this.#random.uuid(at)
    const quoted = said.quotes === undefined ? undefined : this.#marked.get(said.quotes)
    if (said.mark !== undefined) this.#marked.set(said.mark, id)
    this.#messages.push({
      id,
      clientId: this.#random.uuid(at),
      authorId: this.#id(said.by),
      at: new Date(at).toISOString(),
      text: this.#text(said.text),
      ...(rootId === null ? {} : { reply: { rootId, alsoInConversation: said.alsoInConversation ?? false } }),
      ...(quoted === undefined ? {} : { replyToId: quoted }),
    })
    this.#change(said, id, at)
    const { replies = [], threadUnread = {} } = said
    for (const reply of replies) this.#say(reply, id)
    if (replies.length === 0) return
    for (const name of this.#story.members) {
      const line = replies.length - (threadUnread[name] ?? 0)
      this.#readings.push({ userId: this.#id(name), rootId: id, line })
    }
  }

  #change(
    { by, edits = [], reactions = {}, pinnedBy, deleted = false }: Said,
    messageId: string,
    sentAt: number,
  ): void {
    let at = sentAt
    const next = (name: Name, after: number) => {
      // What has just been said has just been changed.
      at = Math.min(at + after, Math.max(at + 1, this.#now - 1_000))
      const common = { messageId, actorId: this.#id(name), clientId: this.#random.uuid(at) }
      return { ...common, at: new Date(at).toISOString() }
    }
    for (const text of edits) this.#changes.push({ ...next(by, 2 * minute), kind: 'edit', text: this.#text(text) })
    for (const [emoji, names] of Object.entries(reactions))
      for (const name of names) this.#changes.push({ ...next(name, minute / 2), kind: 'react', emoji })
    if (pinnedBy !== undefined) this.#changes.push({ ...next(pinnedBy, minute), kind: 'pin' })
    if (deleted) this.#changes.push({ ...next(by, 3 * minute), kind: 'delete' })
  }

  #time(when: string): number {
    return timeOf(when, this.#now)
  }

  #text(text: string): string {
    return text.replace(mention, (written, name: string) => {
      const id = this.#ids.get(name)
      return id === undefined ? written : `<@${id}>`
    })
  }

  #id(name: Name): string {
    const id = this.#ids.get(name)
    if (id === undefined) throw new Error(`${name} is not in the demo`)
    return id
  }
}
