import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser } from '@parley/e2e/browsers'
import { countRenders, rendersOf } from '@parley/e2e/renders'
import { testStack } from '@parley/e2e/test-stack'
import { password, seed } from '@parley/launcher/demo/seed'
import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import type { BenchRun, Cleanup } from '../bench.ts'
import { CountingProxy } from './counting-proxy.ts'
import { watchOpening } from './in-page.ts'
import { clientPlan, friend, longTitle, viewer } from './plan.ts'

/** A conversation that the viewer has, and its last message. */
export interface Known {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly messageId: string
}

/** The stack with its data, and what the parts of the bench use of it. */
export interface World {
  readonly run: BenchRun
  readonly stack: Stack
  readonly proxy: CountingProxy
  readonly browser: Browser
  /** Of the viewer: the API beside the browser. */
  readonly api: Client
  /** Of somebody who is in the first conversations with the viewer. */
  readonly friend: Client
  readonly long: Known
  /** Those that follow it in the list. */
  readonly others: readonly Known[]
}

interface Listed {
  readonly conversations: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string
        readonly title: string | null
        readonly lastMessage: { readonly id: string }
      }
    }[]
  }
}

const firstOnes = 'query { conversations(first: 7) { edges { node { id title lastMessage { id } } } } }'

export async function beginWorld(run: BenchRun, cleanup: Cleanup): Promise<World> {
  const env = { ACCESS_TOKEN_SECONDS: '3600' }
  const stack = cleanup.add(await testStack({ web: true, onProgress: run.say, signal: run.signal, env }))
  await seed(clientPlan, stack, mkdtempSync(join(tmpdir(), 'parley-client-')), run.say)
  const [url = ''] = stack.urls
  const proxy = cleanup.add(new CountingProxy(stack.service('gateway').options.port))
  await proxy.start()
  const browser = await launchBrowser()
  cleanup.add({ stop: () => browser.close() })
  const api = new Client(url)
  const other = new Client(url)
  await api.logIn(viewer, password)
  await other.logIn(friend, password)
  const { conversations } = await api.must<Listed>(firstOnes)
  const [long, ...others] = conversations.edges.map(({ node: { id, title, lastMessage } }) => ({
    id,
    path: `/c/${id}`,
    title: title ?? '',
    messageId: lastMessage.id,
  }))
  if (long?.title !== longTitle) throw new Error('The long conversation is not the first of the list')
  return { run, stack, proxy, browser, api, friend: other, long, others }
}

/** An empty profile in which the viewer is signed in. */
export async function newProfile({ browser, proxy }: World): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(60_000)
  // A session of its own, as that of each device.
  const session = new Client(proxy.url)
  await session.logIn(viewer, password)
  await context.addCookies(
    [...session.cookies].map(([name, value]) => ({ name, value, url: proxy.url, httpOnly: true })),
  )
  await context.addInitScript(watchOpening)
  await countRenders(context)
  proxy.forget()
  return context
}

interface Opened {
  readonly page: Page
  readonly cdp: CDPSession
}

/** Measures in an empty profile, on a page that shows the long conversation. */
export async function onLong<Result>(world: World, measure: (opened: Opened) => Promise<Result>): Promise<Result> {
  const context = await newProfile(world)
  try {
    return await measure(await openLong(world, context))
  } finally {
    await context.close()
  }
}

/** With all that follows the opening done. */
async function openLong(world: World, context: BrowserContext): Promise<Opened> {
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await page.goto(`${world.proxy.url}${world.long.path}`)
  await page.waitForFunction(() => window.bench.drawn.composer !== null && window.bench.drawn.messages !== null)
  await untilQuiet(world)
  return { page, cdp }
}

const quietMs = 3_000

/** Until the browser has asked for nothing for a while. */
export async function untilQuiet({ proxy, run }: World): Promise<void> {
  let [count, since] = [proxy.exchanges.length, performance.now()]
  const until = since + 60_000
  while (performance.now() - since < quietMs && performance.now() < until) {
    run.signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (proxy.exchanges.length === count && proxy.underWay === 0) continue
    count = proxy.exchanges.length
    since = performance.now()
  }
}

/** What work costs a page, each time: these hold on a busy machine. */
export interface Cost {
  /** CPU milliseconds of the main thread. */
  readonly cpuMs: number
  /** Components of React that rendered. */
  readonly renders: number
}

export async function costOf({ page, cdp }: Opened, times: number, work: () => Promise<void>): Promise<Cost> {
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
  }
  const [cpu, renders] = [await busy(), await rendersOf(page)]
  await work()
  return { cpuMs: ((await busy()) - cpu) / times, renders: ((await rendersOf(page)) - renders) / times }
}
