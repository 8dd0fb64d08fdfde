import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { driftedProjections } from '@parley/launcher/migrate'
import type { Stack } from '@parley/launcher/stack'
import { checkHistory } from '@parley/testing/check-history'
import { eventually } from '@parley/testing/eventually'
import type { Client } from '@parley/testing/client'
import type { History } from '@parley/testing/history'
import { headOf, signUpAll, startGroup, upTo } from '../chat.ts'
import { notReady } from '../chaos/victims.ts'
import { callThoseOnline } from './change-deeds.ts'
import { deeds } from './deeds.ts'
import type { Fault } from './faults.ts'
import { InboxWatch } from './inbox-watch.ts'
import { gatherAll } from './member-deeds.ts'
import { Outsider } from './outsider.ts'
import { Person, tabAt } from './person.ts'
import type { RoomPlan } from './person.ts'
import { PresenceWatch, untilOnline } from './presence-watch.ts'
import { Random } from '@parley/testing/random'
import { readEverything } from './read-everything.ts'
import { Witness } from './witness.ts'

const openRoomCount = 2
const quietMs = 90_000

/** A fault, how long it lasts, and after how many more acknowledged changes it is made. */
export interface PlannedFault {
  readonly fault: Fault
  readonly holdMs: number
  readonly afterChanges: number
}

export interface RunOptions {
  readonly stack: Stack
  readonly seed: number
  readonly people: number
  /** In order; the run ends when the last one is taken back and `changes` are acknowledged. */
  readonly faults: Iterable<PlannedFault>
  readonly changes: number
  readonly say: (line: string) => void
  readonly signal?: AbortSignal
}

export interface Outcome {
  readonly history: History
  /** A sentence for each violation and incident. */
  readonly findings: readonly string[]
  readonly counts: ReadonlyMap<string, number>
}

/**
 * People do at random what they can in three groups, over two gateways, while processes and engines die, hang and come
 * back; then everything is read again and checked. The seed decides what each person and each fault does in which
 * order, not how they interleave.
 */
export async function run(options: RunOptions): Promise<Outcome> {
  const { stack, seed } = options
  const say = timed(options.say)
  const random = new Random(seed)
  const witness = new Witness()
  const { people, inboxes, presences, outsider } = await populate(stack, options.people, random, witness)
  for (const watch of [...inboxes.values(), ...presences.values()]) watch.start()
  for (const person of people) person.follow()
  const state = { isOver: false }
  const acting = people.map((person) => act(person, state))
  const prying = pry(outsider, state)
  try {
    await makeFaults({ ...options, say }, witness)
    await waitUntil(() => acknowledged(witness) >= options.changes, options.signal)
  } finally {
    state.isOver = true
    await Promise.all([...acting, prying])
  }
  say(`${acknowledged(witness)} changes are acknowledged; waiting until all is quiet`)
  // A run that cannot be read again ends with a verdict, too.
  await readAgain(stack, { people, inboxes, presences }, say).catch((error: unknown) => {
    witness.incidents.push(
      `Not everything could be read again: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  await Promise.all([...inboxes.values(), ...presences.values()].map((watch) => watch.stop()))
  say(`checking ${witness.history.length} operations`)
  const violations = checkHistory(witness.history.operations)
  say(`${violations.length} violations; comparing the projections with the log`)
  const drift = await driftedProjections(stack.service('message').options.env)
  const findings = [
    ...violations.map(({ invariant, sentence }) => `${invariant}: ${sentence}`),
    ...drift.map((line) => `I6, I9: ${line}`),
    ...witness.incidents,
  ]
  if (findings.length > 0) {
    const file = join(tmpdir(), `parley-history-${seed}-${Date.now()}.jsonl`)
    witness.history.save(file)
    findings.push(`The history of seed ${seed} is in ${file}`)
  }
  return { history: witness.history, findings, counts: witness.counts }
}

interface Population {
  readonly people: readonly Person[]
  readonly inboxes: ReadonlyMap<Person, InboxWatch>
  /** Of those who are online all the time. */
  readonly presences: ReadonlyMap<Person, PresenceWatch>
}

/** When all is quiet: everything that is there, for the checker. */
async function readAgain(stack: Stack, { people, inboxes, presences }: Population, say: RunOptions['say']) {
  await eventually(() => expectReady(stack), { timeout: quietMs })
  const [owner] = people
  if (owner === undefined) return
  await gatherAll(owner)
  const online = [...presences.keys()].map(({ id }) => id)
  await untilOnline(owner, online, quietMs)
  for (const user of online) owner.witness.history.record({ op: 'online', user })
  await callThoseOnline(owner)
  const heads = new Map<string, number>()
  for (const { id } of owner.rooms) heads.set(id, await headAt(people, id))
  say('waiting for all streams')
  await Promise.all(people.map((person) => person.leave(heads, quietMs)))
  say('reading everything')
  await Promise.all(people.map((person) => readEverything(person, heads, inboxes.get(person))))
}

/** With the seconds since the beginning. */
function timed(say: RunOptions['say']): RunOptions['say'] {
  const begun = performance.now()
  return (line) => say(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${line}`)
}

/** All in two groups, from which the last one comes and goes; the first two in one of their own, which the others never see. */
async function populate(stack: Stack, count: number, random: Random, witness: Witness) {
  const { urls } = stack
  const [url = ''] = urls
  const names = upTo(count).map((index) => `person${index}`)
  const [stranger, owner, ...others] = await signUpAll(url, ['outsider', ...names])
  if (stranger === undefined || owner === undefined) throw new Error('Nobody could sign up')
  const clients = [owner, ...others]
  const wanderer = clients.at(-1)?.userId ?? null
  const start = async (title: string, members: readonly Client[], mover: string | null): Promise<RoomPlan> => {
    const id = await startGroup(owner, members, title)
    const userIds = [owner, ...members].map(({ userId }) => userId)
    for (const user of userIds) witness.history.record({ op: 'joined', conversation: id, user, seq: 0 })
    return { id, members: userIds, wanderer: mover }
  }
  const rooms: RoomPlan[] = []
  for (const index of upTo(openRoomCount)) rooms.push(await start(`Room ${index}`, others, wanderer))
  rooms.push(await start('A room of two', others.slice(0, 1), null))
  const people = clients.map((client, index) => new Person(index, client, urls, rooms, random.fork(), witness))
  const inboxes = new Map(
    people.map((person) => [
      person,
      new InboxWatch(() => tabAt(person.tab, person.tab.url), person.rooms.length, witness),
    ]),
  )
  const presences = new Map(
    people
      .filter((_, index) => index % 2 === 1)
      .map((person) => [person, new PresenceWatch(() => tabAt(person.tab, person.tab.url))]),
  )
  const ids = rooms.map(({ id }) => id)
  return { people, inboxes, presences, outsider: new Outsider(stranger, ids, witness) }
}

async function act(person: Person, state: { readonly isOver: boolean }): Promise<void> {
  while (!state.isOver) {
    const room = person.random.pickIfAny(person.rooms)
    if (room === undefined) return
    await person.renew()
    const deed = person.random.pickByShare(deeds)
    await deed.run(person, room)
    person.witness.count(deed.name)
    await pause(person.random.below(30))
  }
}

async function pry(outsider: Outsider, state: { readonly isOver: boolean }): Promise<void> {
  while (!state.isOver) {
    await outsider.pry()
    await pause(2_000)
  }
}

async function makeFaults({ stack, faults, say, signal }: RunOptions, witness: Witness): Promise<void> {
  for (const { fault, holdMs, afterChanges } of faults) {
    const goal = acknowledged(witness) + afterChanges
    await waitUntil(() => acknowledged(witness) >= goal, signal)
    const pids = pidsOf(stack)
    say(`${fault.name} for ${(holdMs / 1_000).toFixed(1)} s, after ${acknowledged(witness)} changes`)
    await fault.make(stack)
    await pause(holdMs)
    await fault.repair(stack)
    await eventually(() => expectReady(stack), { timeout: quietMs })
    witness.count(fault.name)
    const died = [...pidsOf(stack)].filter(([label, pid]) => pid !== pids.get(label) && fault.name !== `kill ${label}`)
    for (const [label] of died) witness.incidents.push(`${label} died of ${fault.name}`)
  }
}

const pidsOf = (stack: Stack): ReadonlyMap<string, number | undefined> =>
  new Map(stack.services.map(({ label, identity }) => [label, identity?.pid]))

async function expectReady(stack: Stack): Promise<void> {
  const waiting = await notReady(stack)
  if (waiting.length > 0) throw new Error(`Not ready: ${waiting.join(', ')}`)
}

const acknowledged = ({ history }: Witness): number => history.count('accepted')

/** Nothing tells when enough was done; looks ten times a second. */
async function waitUntil(isTrue: () => boolean, signal?: AbortSignal): Promise<void> {
  while (!isTrue()) await pause(100, undefined, signal === undefined ? {} : { signal })
}

async function headAt(people: readonly Person[], id: string): Promise<number> {
  const [first] = people
  if (first === undefined) throw new Error('Nobody is there')
  return eventually(() => headOf(first.tab, id), { timeout: quietMs })
}
