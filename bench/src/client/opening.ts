import type { BrowserContext, Page } from 'playwright-core'
import type { Notes } from '../bench.ts'
import type { Figure } from '../report/figure.ts'
import type { Exchange } from './counting-proxy.ts'
import { clientFigure } from './client-figure.ts'
import { newProfile, untilQuiet } from './world.ts'
import type { World } from './world.ts'

const situations = ['cold', 'warm', 'offline'] as const
type Situation = (typeof situations)[number]

/** As the developer tools of Chromium have it: 1.44 Mbit/s, and 562 ms until an answer begins. */
const fast3G = { offline: false, latency: 562.5, downloadThroughput: 188_743, uploadThroughput: 86_400 }
const networks = [
  { name: 'unthrottled', conditions: null },
  { name: 'Fast 3G', conditions: fast3G },
] as const

interface Opened {
  readonly list: number
  /** Null at the list, where none is. */
  readonly messages: number | null
  readonly composer: number | null
  readonly shift: number
  readonly exchanges: readonly Exchange[]
  readonly socketBytes: number
  /** By `Date.now`, when the page was opened. */
  readonly from: number
}

/** The list, and a conversation: for the first time, again, and without web server and gateway. */
export async function measureOpening(world: World, notes: Notes): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { name, conditions } of networks) {
    for (const path of ['/', world.long.path]) {
      const openings = new Map<Situation, Opened[]>()
      const rounds = conditions === null ? world.run.rounds : 1
      for (let round = 0; round < rounds; round += 1) await openThrice(world, path, conditions, openings)
      const place = path === '/' ? '/' : '/c/…'
      for (const situation of situations) {
        const all = openings.get(situation) ?? []
        if (all.length === 0)
          notes.push(`Opening ${place} offline fails: the browser's error page is shown, so there is no figure.`)
        figures.push(...timesOf(`${place} ${situation}, ${name}`, path, all))
        if (conditions === null && situation !== 'offline')
          figures.push(...amountsOf(`${place} ${situation}`, path, all))
      }
    }
  }
  return figures
}

async function openThrice(
  world: World,
  path: string,
  conditions: typeof fast3G | null,
  openings: Map<Situation, Opened[]>,
): Promise<void> {
  const context = await newProfile(world)
  try {
    for (const situation of situations) {
      if (situation === 'offline') await world.proxy.stop()
      const opened = await open(world, context, path, conditions)
      if (opened !== null) openings.set(situation, [...(openings.get(situation) ?? []), opened])
      world.run.say(`${path} ${situation}: ${opened === null ? 'fails' : `list ${opened.list.toFixed(0)} ms`}`)
    }
  } finally {
    await context.close()
    await world.proxy.start()
  }
}

/** Null when the browser shows its own page for errors, or nothing of use appears. */
async function open(
  world: World,
  context: BrowserContext,
  path: string,
  conditions: typeof fast3G | null,
): Promise<Opened | null> {
  const { proxy } = world
  const page = await context.newPage()
  try {
    if (conditions !== null) {
      const cdp = await context.newCDPSession(page)
      await cdp.send('Network.enable')
      await cdp.send('Network.emulateNetworkConditions', conditions)
    }
    proxy.forget()
    if (!(await arrive(page, `${proxy.url}${path}`))) return null
    const hasAll = await page
      .waitForFunction(
        (isList) => {
          const { list, composer, messages } = window.bench.drawn
          return list !== null && (isList || (composer !== null && messages !== null))
        },
        path === '/',
        { timeout: 60_000 },
      )
      .then(() => true)
      .catch(() => false)
    if (!hasAll) return null
    await untilQuiet(world)
    const { drawn, shift } = await page.evaluate(() => window.bench)
    const from = await page.evaluate(() => performance.timeOrigin)
    const { exchanges, socketBytes } = proxy
    return { ...drawn, list: drawn.list ?? NaN, shift, exchanges: [...exchanges], socketBytes, from }
  } finally {
    await page.close()
  }
}

const arrive = (page: Page, url: string): Promise<boolean> =>
  page.goto(url, { waitUntil: 'commit' }).then(
    () => true,
    () => false,
  )

function timesOf(title: string, path: string, all: readonly Opened[]): readonly Figure[] {
  const times = (part: 'list' | 'messages' | 'composer') => all.flatMap((opened) => opened[part] ?? [])
  return [
    clientFigure(`${title}: list drawn`, 'ms', times('list')),
    ...(path === '/'
      ? []
      : [
          clientFigure(`${title}: messages drawn`, 'ms', times('messages')),
          clientFigure(`${title}: composer works`, 'ms', times('composer')),
        ]),
  ]
}

const kilobyte = 1_000

/** What the goals say of the cold opening, the warm one has as far as it is said for it. */
function amountsOf(title: string, path: string, all: readonly Opened[]): readonly Figure[] {
  const isCold = title.endsWith('cold')
  const api = ({ exchanges }: Opened) => exchanges.filter(({ path: to }) => to.startsWith('/graphql'))
  const scripts = ({ exchanges, from, composer, list }: Opened) =>
    exchanges.filter(({ type, at }) => type.includes('javascript') && at <= from + (composer ?? list))
  const sum = (items: readonly Exchange[], bytes: 'bytes' | 'sentBytes') =>
    items.reduce((total, item) => total + item[bytes], 0) / kilobyte
  const until = path === '/' ? 'the list' : 'the composer'
  return [
    clientFigure(
      `${title}: GraphQL requests`,
      'requests',
      all.map((one) => api(one).length),
      isCold ? 2 : 1,
    ),
    clientFigure(
      `${title}: JSON`,
      'KB',
      all.map((one) => sum(api(one), 'bytes')),
      isCold ? 100 : undefined,
    ),
    clientFigure(
      `${title}: JSON as sent`,
      'KB',
      all.map((one) => sum(api(one), 'sentBytes')),
    ),
    clientFigure(
      `${title}: by the socket`,
      'KB',
      all.map(({ socketBytes }) => socketBytes / kilobyte),
    ),
    clientFigure(
      `${title}: JavaScript before ${until}, as sent`,
      'KB',
      all.map((one) => sum(scripts(one), 'sentBytes')),
      isCold ? 200 : undefined,
    ),
    clientFigure(
      `${title}: files of JavaScript before ${until}`,
      'requests',
      all.map((one) => scripts(one).length),
    ),
    clientFigure(
      `${title}: layout shift`,
      'CLS',
      all.map(({ shift }) => shift),
      0.01,
    ),
  ]
}
