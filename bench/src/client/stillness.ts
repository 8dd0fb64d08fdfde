import { randomUUID } from 'node:crypto'
import { edit, queries, send } from '@parley/e2e/chat'
import { stillnessOf, watchStillness } from '@parley/e2e/stillness'
import type { Stillness } from '@parley/e2e/stillness'
import type { Page } from 'playwright-core'
import type { Notes } from '../bench.ts'
import type { Figure } from '../report/figure.ts'
import { clientFigure } from './client-figure.ts'
import { onLong, untilQuiet } from './world.ts'
import type { World } from './world.ts'

const changesAMinute = 60
const longer = (turn: number) =>
  `Edited ${turn}: ${'and it became longer, so that it needs another line. '.repeat(1 + (turn % 4))}`

/** While messages, edits, reactions, replies in threads and older pages come in: does what one reads stay where it is? */
export async function measureStillness(world: World, notes: Notes): Promise<readonly Figure[]> {
  return onLong(world, async ({ page }) => {
    const duration = world.run.windowMs / 2
    await watchStillness(page, 'end')
    await changeThings(world, duration, await messagesAround(world, null))
    const atEnd = await stillnessOf(page)
    const inMiddle = await watchMiddle(world, page, duration)
    for (const [place, { shifted }] of [
      ['At the end', atEnd],
      ['In the middle', inMiddle],
    ] as const)
      if (shifted.length > 0) notes.push(`${place} shifted most: ${shifted.slice(0, 3).join('; ')}`)
    return [
      clientFigure('at the end: layout shift', 'CLS, sum', [atEnd.shift], 0.01),
      clientFigure('at the end: the end was away from its place by', 'px, most', [atEnd.away], 0),
      clientFigure('in the middle: layout shift', 'CLS, sum', [inMiddle.shift], 0.01),
      clientFigure('in the middle: the first message on the screen was away by', 'px, most', [inMiddle.away], 0),
      clientFigure('in the middle: all movements of this message', 'px', [inMiddle.moved], 0),
    ]
  })
}

/** Some way up, where older pages come when one scrolls on: they arrive while nobody moves. */
async function watchMiddle(world: World, page: Page, duration: number): Promise<Stillness> {
  const stretches: Stillness[] = []
  const times = 4
  for (let time = 0; time < times; time += 1) {
    await page.evaluate(async () => {
      const log = document.querySelector('[role=log]')
      if (log === null) return
      // Close enough to the top for the next page.
      for (let way = 0; way < 40 && log.scrollTop > 600; way += 1) {
        log.scrollTop = Math.max(500, log.scrollTop - 300)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    })
    // The page of older messages comes now, and is part of what is watched.
    const id = await watchStillness(page, 'first')
    await untilQuiet(world)
    await changeThings(world, duration / times, await messagesAround(world, id))
    stretches.push(await stillnessOf(page))
  }
  const sum = (of: (one: Stillness) => number) => stretches.reduce((total, one) => total + of(one), 0)
  return {
    shift: sum(({ shift }) => shift),
    away: Math.max(...stretches.map(({ away }) => away)),
    moved: sum(({ moved }) => moved),
    frames: sum(({ frames }) => frames),
    shifted: stretches.flatMap(({ shifted }) => shifted),
  }
}

interface Message {
  readonly id: string
  readonly authorId: string
}

/** Messages that are above and below the screen; at the end those on it as well. */
interface Around {
  readonly above: readonly Message[]
  readonly below: readonly Message[]
}

interface History {
  readonly timeline: { readonly events: readonly { readonly message?: Message }[] }
}

const around = `query ($id: ID!, $message: ID) {
  timeline(conversationId: $id, aroundMessage: $message, last: 60) { events { ... on MessageSent { message { id authorId } } } } }`

async function messagesAround({ api, long }: World, messageId: string | null): Promise<Around> {
  const { timeline } = await api.must<History>(around, { id: long.id, message: messageId })
  const all = timeline.events.flatMap(({ message }) => message ?? [])
  if (messageId === null) return { above: all.slice(-30), below: all.slice(-30) }
  const at = all.findIndex(({ id }) => id === messageId)
  // About twenty are on the screen: what grows there may move what is below, and is not what is measured.
  return { above: all.slice(0, at), below: all.slice(at + 25) }
}

/** One change every second, of each kind in turn, above and below in turn. */
async function changeThings(world: World, duration: number, { above, below }: Around): Promise<void> {
  const { friend, long, run } = world
  const conversationId = long.id
  const pick = (turn: number, isFit: (message: Message) => boolean = () => true): string => {
    const fit = (turn % 2 === 0 || below.length === 0 ? above : below).filter(isFit)
    return fit[(turn * 7) % fit.length]?.id ?? ''
  }
  const kinds: readonly ((turn: number) => Promise<unknown>)[] = [
    (turn) => send(friend, conversationId, `${turn}: it goes on.`),
    (turn) => react(world, pick(turn), turn),
    (turn) =>
      edit(
        friend,
        pick(turn, ({ authorId }) => authorId === friend.userId),
        longer(turn),
      ),
    (turn) =>
      friend.must(queries.send, {
        input: { conversationId, clientId: randomUUID(), text: `In the thread, ${turn}`, threadId: pick(turn) },
      }),
    (turn) => react(world, pick(turn + 3), turn + 1),
  ]
  const until = performance.now() + duration
  for (let turn = 0; performance.now() < until; turn += 1) {
    run.signal.throwIfAborted()
    await kinds[turn % kinds.length]?.(turn)
    await new Promise((resolve) => setTimeout(resolve, 60_000 / changesAMinute))
  }
}

const emojis = ['👍', '🎉', '❤️', '😄', '🚀']

const react = ({ friend, long }: World, messageId: string, turn: number) =>
  friend.must(queries.react, {
    input: {
      conversationId: long.id,
      messageId,
      clientId: randomUUID(),
      emoji: emojis[turn % emojis.length],
    },
  })
