import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer } from '@parley/testing/client'
import type { Wish } from '@parley/testing/history'
import { webOperation } from '../web-operations.ts'
import type { Random } from '@parley/testing/random'
import { lacksQuote, wordOf } from './shown.ts'
import type { EventShown, MessageShown } from './shown.ts'
import { Watch } from './watch.ts'
import type { Place, Witness } from './witness.ts'

/** A request without an answer for this long is repeated. */
const patienceMs = 5_000
/** A change without an answer for this long is an incident: whatever was stopped has been back for a while by then. */
const longestMs = 120_000
const giveUpShare = 0.1
/** Well before an access token of an hour expires. */
const renewEveryMs = 1_200_000

/** A change, ready to be asked for: the input lacks its client id only. */
export interface Change {
  readonly wish: Wish
  readonly mutation: string
  readonly input: Readonly<Record<string, unknown>>
  /** False for one without a client id, which a repetition may do again: then nobody knows what has happened when. */
  readonly isOnce?: boolean
  /** Whether it may be left without an answer, as when a tab is closed. */
  readonly mayGiveUp?: boolean
}

interface ChangePayload {
  readonly event?: EventShown | null
  readonly message?: MessageShown | null
}

type Answer = GraphQLAnswer<Record<string, ChangePayload | null>>

/** A conversation of a run. */
export interface RoomPlan {
  readonly id: string
  /** Those who were there from the start. */
  readonly members: readonly string[]
  /** The one of them who comes and goes; null when nobody does. */
  readonly wanderer: string | null
}

/** What a person knows of a conversation, from what they were shown. */
export interface Room extends RoomPlan {
  readonly messages: Map<string, MessageShown>
  lines: number
  /** How often it was marked as unread. */
  revision: number
  title: string | null
}

/** One user with several tabs, at any gateway. They do one thing after the other, and repeat it until it is answered. */
export class Person {
  readonly id: string
  readonly random: Random
  readonly witness: Witness
  readonly rooms: readonly Room[]
  /** The messages that were bookmarked. */
  readonly bookmarked = new Set<string>()
  /** The conversations that they are never in. */
  readonly closedRooms: readonly string[]
  readonly #number: number
  readonly #tabs: readonly Client[]
  readonly #watches: readonly Watch[]
  #texts = 0
  #at = 0
  #renewed = performance.now()

  constructor(
    number: number,
    client: Client,
    urls: readonly string[],
    rooms: readonly RoomPlan[],
    random: Random,
    witness: Witness,
  ) {
    this.id = client.userId
    const { true: own = [], false: closed = [] } = Object.groupBy(rooms, ({ members }) =>
      String(members.includes(this.id)),
    )
    this.closedRooms = closed.map(({ id }) => id)
    this.random = random
    this.witness = witness
    this.#number = number
    this.#tabs = urls.map((url) => tabAt(client, url))
    this.rooms = own.map((plan) => ({ ...plan, messages: new Map(), lines: 0, revision: 0, title: null }))
    this.#watches = this.rooms.map((room) => {
      const tab = () => tabAt(client, urls[this.#at] ?? client.url)
      return new Watch(tab, room.id, witness, (event) => this.#learn(room, event))
    })
  }

  /** The tab in use; after a failure that of the next gateway. */
  get tab(): Client {
    const tab = this.#tabs[this.#at]
    if (tab === undefined) throw new Error('A person needs a gateway')
    return tab
  }

  changeGateway(): void {
    this.#at = (this.#at + 1) % this.#tabs.length
  }

  /** Keeps the session of all tabs alive in a long run. */
  async renew(): Promise<void> {
    if (performance.now() - this.#renewed < renewEveryMs) return
    const answer = await this.ask(webOperation('RefreshSession').text, {})
    if (answer !== null) this.#renewed = performance.now()
  }

  follow(): void {
    for (const watch of this.#watches) watch.start()
  }

  async reconnect(): Promise<void> {
    this.changeGateway()
    await this.random.pickIfAny(this.#watches)?.reconnect(this.random.chance(0.5) ? 0 : this.random.below(40))
  }

  /** Ends all streams when they have brought everything up to the head of their room. */
  async leave(heads: ReadonlyMap<string, number>, timeout: number): Promise<void> {
    await Promise.all(
      this.#watches.map((watch, index) => watch.stop(heads.get(this.rooms[index]?.id ?? '') ?? 0, timeout)),
    )
  }

  /** Its first word is in no other text of the run. */
  newText(more: readonly string[] = []): string {
    this.#texts += 1
    const filling = Array.from({ length: this.random.below(8) }, () => 'bla')
    return [wordOf(this.#number, this.#texts), ...filling, ...more, 'end'].join(' ')
  }

  placeOf(room: Room, where: Place['where']): Place {
    return { viewer: this.id, conversation: room.id, where, since: this.witness.now }
  }

  /** Asks until it is answered, or gives up now and then as when a tab is closed: then nobody knows whether it was done. */
  async change(room: Room, { wish, mutation, input, isOnce = true, mayGiveUp = true }: Change): Promise<void> {
    const call = randomUUID()
    this.witness.asked(call, room.id, this.id, wish)
    let attempt = 0
    await this.until(`${wish.kind} was answered`, async () => {
      attempt += 1
      const place = this.placeOf(room, 'answer')
      const answer = await this.ask(mutation, { input: isOnce ? { ...input, clientId: call } : input })
      // Of what may have been done before, an answer to a repetition does not tell enough.
      const isUnclear = attempt > 1 && (!isOnce || refusalIn(answer) === 'NOT_FOUND')
      if (answer !== null && isUnclear) return answer
      if (this.#isTaken(call, room, answer, place)) return answer
      if (attempt > 1 || !mayGiveUp || !this.random.chance(giveUpShare)) return null
      this.witness.count('changes given up')
      return 'given up'
    })
  }

  /** Repeats until there is an answer; without one for long it is an incident, and null. */
  async until<Answer>(what: string, ask: () => Promise<Answer | null>): Promise<Answer | null> {
    const deadline = performance.now() + longestMs
    while (performance.now() < deadline) {
      const answer = await ask()
      if (answer !== null) return answer
    }
    this.witness.incidents.push(`It took more than ${longestMs / 1_000} s until ${what}`)
    return null
  }

  /** Null when there was no answer that ends it: then the next request goes to the next gateway, a moment later. */
  async ask<Data>(query: string, variables: Record<string, unknown>): Promise<GraphQLAnswer<Data> | null> {
    const { tab } = this
    tab.patienceMs = patienceMs
    const answer = await tab.gql<Data>(query, variables).catch(() => null)
    const [error] = answer?.errors ?? []
    const { category, code } = error?.extensions ?? {}
    if (category === 'defect') this.witness.incidents.push(`A defect was told: ${code} ${error?.message}`)
    if (error === undefined && lacksQuote(answer?.data)) this.witness.incidents.push('I5: a quote is not shown')
    const isFinal = category === 'input' || (category === 'state' && code !== 'CONFLICT')
    if (answer !== null && (error === undefined || isFinal || hasPayload(answer))) return answer
    this.witness.count(`no answer (${code ?? 'connection'})`)
    this.changeGateway()
    await pause(50 + this.random.below(250))
    return null
  }

  #isTaken(call: string, room: Room, answer: GraphQLAnswer<unknown> | null, place: Place): boolean {
    if (answer === null) return false
    const { data } = answer as Answer
    const payload = Object.values(data ?? {})[0] ?? null
    const refusal = refusalIn(answer)
    if (refusal !== null) {
      this.witness.refused(call, refusal)
      return true
    }
    if (payload === null) return false
    const { event = null, message = null } = payload
    this.witness.accepted(call, room.id, event)
    this.witness.showed(data, place)
    if (event !== null) {
      this.witness.saw(event, place)
      this.#learn(room, event)
    }
    if (message !== null) this.witness.sawMessage(message, 0, place)
    return true
  }

  #learn(room: Room, { line, message, root, title }: EventShown): void {
    room.lines = Math.max(room.lines, line ?? 0)
    room.title = title ?? room.title
    for (const shown of [message, root]) {
      if (shown === undefined || shown === null) continue
      const known = room.messages.get(shown.id)
      if (known === undefined || known.version < shown.version) room.messages.set(shown.id, shown)
    }
  }
}

/** The code with which a change was refused. */
function refusalIn(answer: GraphQLAnswer<unknown> | null): string | null {
  const { data, errors } = (answer ?? {}) as Answer
  const payload = Object.values(data ?? {})[0] ?? null
  return userErrorsOf(payload)[0]?.code ?? (payload === null ? (errors?.[0]?.extensions?.code ?? null) : null)
}

/** A field of another subgraph may be missing beside what was done. */
const hasPayload = ({ data }: GraphQLAnswer<unknown>): boolean =>
  Object.values((data as Record<string, unknown> | null | undefined) ?? {}).some((value) => value !== null)

/** The same session on a new socket, at this gateway. */
export function tabAt(client: Client, url: string): Client {
  const tab = new Client(url, client.cookies)
  tab.userId = client.userId
  return tab
}
