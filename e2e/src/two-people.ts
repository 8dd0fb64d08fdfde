import type { Stack } from '@parley/launcher/stack'
import { Client } from '@parley/testing/client'
import type { Browser } from 'playwright-core'
import { desktop, launchBrowser, Person, phone } from './browsers.ts'
import { password } from './chat.ts'
import { testStack, type TestStackOptions } from './test-stack.ts'

/** Ann at a desktop and Ben on a phone, each with a client of the API beside the browser, on a stack of their own. */
export class TwoPeople {
  private constructor(
    readonly stack: Stack,
    readonly url: string,
    readonly browser: Browser,
    readonly ann: Person,
    readonly ben: Person,
    readonly api: { readonly ann: Client; readonly ben: Client },
  ) {}

  static async start(options: TestStackOptions = {}): Promise<TwoPeople> {
    const [stack, browser] = await Promise.all([testStack({ web: true, ...options }), launchBrowser()])
    const ann = await Person.open(browser, desktop)
    const ben = await Person.open(browser, phone)
    const url = stack.urls[0] ?? ''
    const api = { ann: new Client(url), ben: new Client(url) }
    const people = new TwoPeople(stack, url, browser, ann, ben, api)
    try {
      await people.#signIn()
      return people
    } catch (error) {
      await people.stop()
      throw error
    }
  }

  /** One after the other: what waits too long for its turn to be hashed is refused. */
  async #signIn(): Promise<void> {
    await this.ann.register(this.url, 'ann', 'Ann Arbor')
    await this.ben.register(this.url, 'ben', 'Ben Bold')
    await this.api.ann.logIn('ann', password)
    await this.api.ben.logIn('ben', password)
  }

  /** Both see the conversation, which has this name. */
  async open(conversationId: string, name: string): Promise<void> {
    const openFor = async ({ page }: Person) => {
      await page.goto(`${this.url}/c/${conversationId}`)
      await page.getByRole('heading', { level: 1, name }).waitFor()
    }
    await Promise.all([openFor(this.ann), openFor(this.ben)])
  }

  /**
   * Everything that a page asks for is refused meanwhile, as in a tunnel: the gateway is the one server that it knows.
   * Chromium's own emulation (`setOffline`) crashes its network process now and then when sockets are opened meanwhile.
   */
  async withoutConnection(work: () => Promise<void>): Promise<void> {
    const gateway = this.stack.service('gateway')
    await gateway.kill()
    try {
      await work()
    } finally {
      await gateway.start()
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.ann.close(), this.api.ben.close(), this.browser.close()])
    await this.stack.stop()
  }
}
