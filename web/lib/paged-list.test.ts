import { Failure } from './graphql/errors'
import { largestPage, PagedList, pageSize } from './paged-list'

/** A list of numbers at a server, with the reads that wait for an answer. */
class FakeList {
  readonly asked: { first: number; after: string | null }[] = []
  failure: Failure | null = null
  /** Answers wait until it is called; null for at once. */
  release: (() => void) | null = null

  constructor(public all: readonly number[]) {}

  read = async (first: number, after: string | null) => {
    this.asked.push({ first, after })
    await this.#turn
    if (this.failure !== null) throw this.failure
    const start = after === null ? 0 : this.all.indexOf(Number(after)) + 1
    const nodes = this.all.slice(start, start + first)
    return { nodes, next: start + first < this.all.length ? String(nodes.at(-1)) : null }
  }

  #turn: Promise<void> = Promise.resolve()
  hold(): void {
    this.#turn = new Promise((resolve) => {
      this.release = resolve
    })
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const opened = async (all: readonly number[]) => {
  const server = new FakeList(all)
  const list = new PagedList(server.read)
  await list.reload()
  return { server, list }
}

describe('a list that is read page by page', () => {
  it('shows its first page, and that there is more', async () => {
    const { list } = await opened(numbers(31))
    expect(list.get()).toEqual({ nodes: numbers(pageSize), hasMore: true, isLoading: false, problem: null })
  })

  it('goes on behind what is shown, beyond the first hundred, to its end', async () => {
    const { list, server } = await opened(numbers(130))
    for (let page = 0; page < 4; page += 1) await list.more()
    expect(list.get()).toMatchObject({ nodes: numbers(130), hasMore: false })
    expect(server.asked.map(({ after }) => after)).toEqual([null, '30', '60', '90', '120'])
  })

  it('is read again as far as it is shown, in pages that the API allows', async () => {
    const { list, server } = await opened(numbers(200))
    for (let page = 0; page < 4; page += 1) await list.more()
    server.all = [0, ...server.all]
    server.asked.length = 0
    await list.reload()
    expect(list.get()).toMatchObject({ nodes: [0, ...numbers(149)], hasMore: true })
    expect(server.asked).toEqual([
      { first: largestPage, after: null },
      { first: 50, after: '99' },
    ])
  })

  it('keeps what it shows when a read fails, and goes on later', async () => {
    const { list, server } = await opened(numbers(40))
    server.failure = new Failure('temporary', 'UNAVAILABLE', 'Come back later.')
    await list.more()
    expect(list.get()).toMatchObject({ nodes: numbers(30), isLoading: false, problem: 'Come back later.' })
    server.failure = null
    await list.more()
    expect(list.get()).toMatchObject({ nodes: numbers(40), problem: null })
  })

  it('forgets nobody who asks for more while it is read again', async () => {
    const { list, server } = await opened(numbers(90))
    server.hold()
    const rereading = list.reload()
    const more = list.more()
    expect(list.get()).toMatchObject({ nodes: numbers(30), isLoading: true })
    server.release?.()
    await Promise.all([rereading, more])
    expect(list.get()).toMatchObject({ nodes: numbers(60), isLoading: false })
  })

  it('asks for as many again when it changes while more of it is on the way', async () => {
    const { list, server } = await opened(numbers(90))
    server.hold()
    const more = list.more()
    server.all = server.all.slice(1)
    const rereading = list.reload()
    server.release?.()
    await Promise.all([more, rereading])
    expect(list.get().nodes).toEqual(numbers(61).slice(1))
  })

  it('hides at once what its reader takes away', async () => {
    const { list } = await opened(numbers(3))
    list.hide((node) => node === 2)
    expect(list.get().nodes).toEqual([1, 3])
  })
})
