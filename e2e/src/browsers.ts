import { join } from 'node:path'
import { findBrowser } from '@parley/engines/browser'
import { root } from '@parley/launcher/workspace'
import axe from 'axe-core'
import type { Result } from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { password } from './chat.ts'

export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const artifacts = join(root, 'artifacts', 'screenshots')

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args } = await findBrowser()
  return chromium.launch({ executablePath, args })
}

/** A person's browser: its own context, and the errors in its pages. */
export class Person {
  readonly page: Page
  readonly faults: string[] = []

  private constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.faults.push(error.message))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.faults.push(message.text())
    })
  }

  static async open(browser: Browser, options: BrowserContextOptions): Promise<Person> {
    const context = await browser.newContext(options)
    context.setDefaultTimeout(30_000)
    return new Person(await context.newPage())
  }

  /** Another tab of the same browser, in which they are signed in as well. */
  async newTab(url: string): Promise<Person> {
    const tab = new Person(await this.page.context().newPage())
    await tab.page.goto(url)
    return tab
  }

  async register(url: string, username: string, displayName: string): Promise<void> {
    await this.page.goto(`${url}/register`)
    await this.page.getByLabel('Username').fill(username)
    await this.page.getByLabel('Display name').fill(displayName)
    await this.page.getByLabel('Password').fill(password)
    await this.page.getByRole('button', { name: 'Create account' }).click()
    await this.page.getByRole('button', { name: 'New conversation' }).first().waitFor()
  }

  /** Where one finds conversations and people by name. */
  get switcher(): Locator {
    return this.page.getByRole('dialog', { name: 'Go to', exact: true })
  }

  /** Opens the switcher and types. */
  async find(typed: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await this.switcher.getByRole('combobox', { name: 'Find people or conversations' }).fill(typed)
  }

  /** Finds a conversation by name and opens it, or begins the one with a person of this name. */
  async goTo(typed: string, name: string): Promise<void> {
    await this.find(typed)
    await this.switcher.getByRole('option', { name }).click()
    await this.page.getByRole('heading', { level: 1, name }).waitFor()
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Message', exact: true }).fill(text)
    await this.page.keyboard.press('Enter')
  }

  /** Resolves when the message is shown in the open conversation. */
  async sees(text: string, timeout = 30_000): Promise<void> {
    await this.page.getByRole('log').getByText(text, { exact: true }).waitFor({ timeout })
  }

  /** With a finger where there is one. */
  async press(target: Locator): Promise<void> {
    if (await this.page.evaluate(() => navigator.maxTouchPoints > 0)) await target.tap()
    else await target.click()
  }

  /** Holds a finger on it until a sheet has opened. */
  async longPress(target: Locator): Promise<void> {
    const box = await this.#boxAtRest(target)
    const touch = await this.page.context().newCDPSession(this.page)
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
    await this.page.getByRole('dialog').waitFor()
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await touch.detach()
  }

  /** Where it is in the window, once it stays there: a list that is still finding its place would move it from under the finger. */
  async #boxAtRest(target: Locator) {
    await target.scrollIntoViewIfNeeded()
    let [box, frames] = [await target.boundingBox(), 0]
    while (box === null || frames < 12) {
      await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
      const now = await target.boundingBox()
      frames = now?.x === box?.x && now?.y === box?.y ? frames + 1 : 0
      box = now
    }
    return box
  }

  /** What the page shows, in both themes; only where somebody will look at it, as a picture takes longer than the test. */
  async shot(name: string): Promise<void> {
    if (process.env['SCREENSHOTS'] === undefined) return
    await this.#transitions()
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) })
    await this.#inTheDark(() => this.page.screenshot({ path: join(artifacts, `${name}-dark.png`) }))
  }

  /** The findings of axe as sentences, of the dark theme those of colours only; empty when there are none. */
  async axe(): Promise<readonly string[]> {
    await this.#transitions()
    const light = await this.#violations()
    const dark = await this.#inTheDark(() => this.#violations('color-contrast'))
    return [...sentencesOf(light), ...sentencesOf(dark).map((found) => `in the dark, ${found}`)]
  }

  /** In the page itself, which has no frames: @axe-core/playwright takes a new page and several seconds for each look. */
  async #violations(...rules: readonly string[]): Promise<readonly Result[]> {
    const options = { resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: rules }) }
    return this.page.evaluate<readonly Result[]>(
      `(async () => {
        if (typeof axe === 'undefined') { ${axe.source} }
        // A highlight that fades meanwhile is of no colour that counts.
        const still = new CSSStyleSheet()
        still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }')
        document.adoptedStyleSheets.push(still)
        try {
          return (await axe.run(${JSON.stringify(options)})).violations
        } finally {
          document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(still), 1)
        }
      })()`,
    )
  }

  async #inTheDark<Seen>(look: () => Promise<Seen>): Promise<Seen> {
    // Without motion the colours change at once.
    await this.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await this.#transitions()
    const seen = await look()
    await this.page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
    return seen
  }

  /** What is on its way, such as a window that rises, has no contrast that counts. What never ends is not waited for. */
  async #transitions(): Promise<void> {
    await this.page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
          .map(({ finished }) => finished),
      ),
    )
  }
}

const sentencesOf = (violations: readonly Result[]): readonly string[] =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
