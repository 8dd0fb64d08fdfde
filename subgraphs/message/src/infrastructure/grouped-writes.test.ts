import { GroupedWrites } from './grouped-writes'

/** A write that waits until the test releases it, and records its groups. */
function gatedWrites(maxGroup = 100) {
  const groups: (readonly number[])[] = []
  const gates: (() => void)[] = []
  const writes = new GroupedWrites<string, number, number>(maxGroup, async (_key, items) => {
    groups.push(items)
    await new Promise<void>((resolve) => gates.push(resolve))
    if (items.includes(13)) throw new Error('unlucky')
    return items.map((item) => item * 10)
  })
  const open = () => gates.shift()?.()
  return { writes, groups, open }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('GroupedWrites', () => {
  it('groups items that arrive during a write, in order', async () => {
    const { writes, groups, open } = gatedWrites()
    const results = Promise.all([1, 2, 3].map((item) => writes.add('a', item)))
    open()
    await settled()
    open()
    expect(await results).toEqual([10, 20, 30])
    expect(groups).toEqual([[1], [2, 3]])
  })

  it('does not let one key wait for another', () => {
    const { writes, groups } = gatedWrites()
    void writes.add('a', 1)
    void writes.add('b', 2)
    expect(groups).toEqual([[1], [2]])
  })

  it('bounds a group', async () => {
    const { writes, groups, open } = gatedWrites(2)
    const results = Promise.all([1, 2, 3, 4, 5].map((item) => writes.add('a', item)))
    for (let index = 0; index < 4; index += 1) {
      open()
      await settled()
    }
    await results
    expect(groups.every((group) => group.length <= 2)).toBe(true)
  })

  it('fails one group alone and continues with the next', async () => {
    const { writes, open } = gatedWrites()
    const unlucky = writes.add('a', 13)
    const next = writes.add('a', 1)
    open()
    await expect(unlucky).rejects.toThrow('unlucky')
    open()
    expect(await next).toBe(10)
  })
})
