import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const everyMs = 1_000

/**
 * Calls back when one of the files has changed, or any file of one of the folders. It polls: notifications of the file
 * system do not arrive for every kind of volume.
 */
export class FileWatch {
  #seen = ''
  readonly #timer: NodeJS.Timeout

  private constructor(
    private readonly paths: readonly string[],
    private readonly onChange: () => void,
  ) {
    this.#timer = setInterval(() => void this.#look(), everyMs).unref()
  }

  /** Await it before the first reading, or a change between the two would be missed. */
  static async start(paths: readonly string[], onChange: () => void): Promise<FileWatch> {
    const watch = new FileWatch(paths, onChange)
    watch.#seen = await stateOf(paths)
    return watch
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    const state = await stateOf(this.paths)
    if (state === this.#seen) return
    this.#seen = state
    this.onChange()
  }
}

const stateOf = async (paths: readonly string[]): Promise<string> =>
  (await Promise.all(paths.map((path) => stateOfPath(path)))).join('\n')

/** A file that is missing at the moment, while it is being replaced, is a state too. */
async function stateOfPath(path: string): Promise<string> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) return await stateOf((await readdir(path)).toSorted().map((name) => join(path, name)))
    return `${path} ${stats.ino} ${stats.size} ${stats.mtimeMs}`
  } catch {
    return `${path} cannot be read`
  }
}
