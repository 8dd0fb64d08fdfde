/** A Chromium for tests: from PATH, else from an npm package. Playwright starts it itself, with `findBrowser`. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { inCache, npmInstall, run } from './cache.ts'
import type { Engine, Machine, Program } from './engine.ts'
import { thisMachine } from './machine.ts'
import { stopProcesses } from './process.ts'
import { isRoot } from './traversable.ts'
import { pinned } from './versions.ts'

const cacheName = `chromium-${pinned.chromium}`
const packageName = '@sparticuz/chromium'
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export interface BrowserProgram {
  executablePath: string
  args: string[]
}

/** The DevTools address: http://127.0.0.1:9222 */
export const browser: Engine<string> = {
  name: 'browser',

  async locate(machine) {
    const given = machine.env['PARLEY_CHROMIUM']
    if (given && !machine.exists(given)) throw new Error(`PARLEY_CHROMIUM names ${given}, which does not exist`)
    const installed = given || names.map((name) => machine.which(name)).find((path) => path !== null)
    if (installed) return { from: 'machine', program: program(installed, `Chromium (${installed})`) }
    const cached = cachedProgram(machine)
    return machine.exists(cached.command) ? { from: 'machine', program: cached } : null
  },

  async obstacle(machine) {
    return machine.which('npm') ? null : 'npm is needed; it comes with Node'
  },

  async fetch(machine, report) {
    report(`fetching ${packageName} ${pinned.chromium} from npm`)
    await inCache(machine, cacheName, async (draft) => {
      await npmInstall(draft, `${packageName}@${pinned.chromium}`)
      // The package unpacks its browser into the temporary folder: do it once, into the cache.
      const unpack = `import chromium from '${packageName}'; await chromium.executablePath()`
      await run(process.execPath, ['--input-type=module', '-e', unpack], draft, { env: { TMPDIR: draft } })
      rmSync(join(draft, 'node_modules'), { recursive: true })
    })
    return cachedProgram(machine)
  },

  async start({ command, args }, home) {
    const [port] = await home.ports(1)
    const own = ['--headless=new', `--remote-debugging-port=${port}`, `--user-data-dir=${join(home.folder, 'profile')}`]
    const server = home.spawn('browser', command, [...args, ...own, 'about:blank'])
    return { address: `http://127.0.0.1:${port}`, processes: [server] }
  },

  async ready(address) {
    const answer = await fetch(`${address}/json/version`, { signal: AbortSignal.timeout(2000) })
    await answer.json()
  },

  stop(processes, mode) {
    return stopProcesses(processes, 'SIGTERM', mode)
  },
}

/** The launch options for playwright-core; the browser is fetched into the cache if the machine has none. */
export async function findBrowser(onProgress: (line: string) => void = () => undefined): Promise<BrowserProgram> {
  const machine = thisMachine()
  const located = await browser.locate(machine)
  const found = located?.from === 'machine' ? located.program : await browser.fetch(machine, onProgress)
  return { executablePath: found.command, args: found.args }
}

function cachedProgram(machine: Machine): Program {
  return program(join(machine.cache, cacheName, 'chromium'), `Chromium ${pinned.chromium} (cache)`)
}

/** Chromium's sandbox refuses root; test machines have no GPU. */
function program(command: string, label: string): Program {
  const args = ['--disable-gpu', '--disable-dev-shm-usage', ...(isRoot() ? ['--no-sandbox'] : [])]
  return { command, args, label }
}
