import { ListLoader, type ListPage } from './list-loader'

const page = (edges: string[], next: string | null, partial = false): ListPage<string> => ({ edges, next, partial })

function loaderOver(answers: Record<string, (ListPage<string> | Error)[]>) {
  const asked: string[] = []
  const shown: [readonly string[], boolean][] = []
  const pauses: number[] = []
  const loader = new ListLoader<string>({
    loadPage: (after) => {
      const key = after ?? 'first'
      asked.push(key)
      const answer = answers[key]?.shift()
      return answer instanceof Error || answer === undefined
        ? Promise.reject(new Error('away'))
        : Promise.resolve(answer)
    },
    show: (edges, complete) => void shown.push([edges, complete]),
    pause: (failures) => {
      pauses.push(failures)
      return 1_000 * 2 ** failures
    },
  })
  return { loader, asked, shown, pauses }
}

const settled = () => jest.advanceTimersByTimeAsync(0)

describe('a list that is loaded page by page', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('is shown as it grows, and stops when it is complete', async () => {
    const { loader, asked, shown } = loaderOver({ first: [page(['a'], 'x')], x: [page(['b'], null)] })
    loader.start()
    await settled()
    expect(shown).toEqual([
      [['a'], false],
      [['a', 'b'], true],
    ])
    expect(loader.get()).toBe('complete')
    await jest.advanceTimersByTimeAsync(600_000)
    expect(asked).toEqual(['first', 'x'])
  })

  it('asks for each page when there is time for it, and not at all when it is not wanted any more', async () => {
    const breaths: (string | null)[] = []
    const asked: (string | null)[] = []
    const loader = new ListLoader<string>({
      loadPage: (after) => {
        asked.push(after)
        return Promise.resolve(page(['a'], after === null ? 'x' : null))
      },
      show: () => undefined,
      breathe: (after) => {
        breaths.push(after)
        return new Promise((resolve) => setTimeout(resolve, 1_000))
      },
      pause: () => 1_000,
    })
    loader.start()
    await settled()
    expect([breaths, asked]).toEqual([[null], []])
    await jest.advanceTimersByTimeAsync(1_000)
    expect([breaths, asked]).toEqual([[null, 'x'], [null]])
    loader.stop()
    await jest.advanceTimersByTimeAsync(1_000)
    expect(asked).toEqual([null])
  })

  it('keeps the loaded pages when a page fails, and retries that page with back-off', async () => {
    const { loader, asked, shown, pauses } = loaderOver({ first: [page(['a'], 'x')], x: [] })
    loader.start()
    await jest.advanceTimersByTimeAsync(16_000)
    expect(loader.get()).toBe('failed')
    expect(shown).toEqual([[['a'], false]])
    expect(asked).toEqual(['first', 'x', 'x', 'x', 'x', 'x'])
    expect(pauses).toEqual([0, 1, 2, 3, 4])
    loader.stop()
  })

  it('continues at once from where it stopped when the user retries', async () => {
    const { loader, asked } = loaderOver({ first: [page(['a'], 'x')], x: [new Error(), page(['b'], null)] })
    loader.start()
    await settled()
    loader.retry()
    await settled()
    expect(loader.get()).toBe('complete')
    expect(asked).toEqual(['first', 'x', 'x'])
  })

  it('loads everything again when a part of an answer was missing', async () => {
    const { loader, asked } = loaderOver({ first: [page(['a'], null, true), page(['a'], null)] })
    loader.start()
    await jest.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual(['first', 'first'])
    expect(loader.get()).toBe('complete')
  })

  it('drops the answers of an earlier start and of a stopped one', async () => {
    const { loader, shown } = loaderOver({ first: [page(['old'], null), page(['new'], null)] })
    loader.start()
    loader.start()
    await settled()
    expect(shown).toEqual([[['new'], true]])
    loader.start()
    loader.stop()
    await settled()
    expect(shown).toHaveLength(1)
  })
})
