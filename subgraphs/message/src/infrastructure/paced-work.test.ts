import { PacedWork } from './paced-work'

/** Work that waits until the test ends it. */
function gated(everyMs: number, maxItems = 100) {
  const batches: (readonly number[])[] = []
  const ends: (() => void)[] = []
  const work = new PacedWork<number>(everyMs, maxItems, (items) => {
    batches.push(items)
    return new Promise((resolve) => ends.push(resolve))
  })
  return { work, batches, end: () => ends.shift()?.() }
}

const turn = () => new Promise(setImmediate)

describe('PacedWork', () => {
  it('begins at once, and takes what arrives meanwhile together', async () => {
    const { work, batches, end } = gated(0)
    for (const item of [1, 2, 3]) work.add([item])
    expect(batches).toEqual([[1]])
    end()
    await turn()
    expect(batches).toEqual([[1], [2, 3]])
    end()
    await work.finish()
    work.add([4])
    expect(batches).toEqual([[1], [2, 3], [4]])
    end()
    await work.finish()
  })

  it('waits for its time while more arrives, and not when it has to finish', async () => {
    const { work, batches, end } = gated(60_000)
    work.add([1])
    end()
    await turn()
    work.add([2])
    work.add([3])
    await turn()
    expect(batches).toEqual([[1]])
    const finished = work.finish()
    await turn()
    expect(batches).toEqual([[1], [2, 3]])
    end()
    await finished
  })

  it('bounds a batch', async () => {
    const { work, batches, end } = gated(0, 2)
    work.add([1, 2, 3])
    end()
    await turn()
    end()
    await work.finish()
    expect(batches).toEqual([[1, 2], [3]])
  })
})
