import { ReadingProgress } from './reading-progress'

/** A list of 300 lines of which the first 100 are read. */
function opened() {
  const progress = new ReadingProgress({ readLine: 100, lastShown: 100 })
  progress.learn(100, 0)
  const look = (first: number, last: number, isSeen = true, lastLine = 300) =>
    progress.look({ onScreen: { first, last }, isSeen, lastLine })
  const through = () => progress.get().through
  return { progress, look, through }
}

describe('how far a list is read', () => {
  it('is to the lowest line that was on the screen, and not to the end of what is loaded', () => {
    const { progress, look, through } = opened()
    look(95, 110)
    expect(through()).toBe(110)
    look(104, 121)
    expect(progress.get()).toMatchObject({ through: 121, lastShown: 121, isBehind: true })
    look(60, 75)
    expect(through()).toBe(121)
  })

  it('is not what was passed over, until that is seen as well', () => {
    const { progress, look, through } = opened()
    look(95, 110)
    look(285, 300)
    expect(progress.get()).toMatchObject({ through: 110, lastShown: 300, isBehind: true })
    look(200, 284)
    look(111, 150)
    expect(through()).toBe(150)
    look(140, 199)
    expect(progress.get()).toMatchObject({ through: 300, isBehind: false })
  })

  it('is not what one has passed over on purpose, but one looks on from there', () => {
    const { progress, look } = opened()
    look(95, 110)
    progress.pass(300)
    expect(progress.get()).toMatchObject({ through: 110, lastShown: 300 })
  })

  it('is nothing that nobody sees', () => {
    const { progress, look, through } = opened()
    look(95, 110, false)
    expect(progress.get()).toMatchObject({ through: 100, lastShown: 100, onScreen: { first: 95, last: 110 } })
    progress.look({ onScreen: null, isSeen: true, lastLine: 300 })
    expect(through()).toBe(100)
    look(95, 110)
    expect(through()).toBe(110)
  })

  it('is not behind by what has just come, before there was a moment to show it', () => {
    const { progress, look } = opened()
    look(280, 300)
    progress.finish(300)
    expect(progress.get().isBehind).toBe(false)
    look(281, 301, true, 301)
    expect(progress.get()).toMatchObject({ through: 301, isBehind: false })
    look(281, 301, false, 302)
    expect(progress.get()).toMatchObject({ through: 301, isBehind: true })
  })

  it('goes on where another device has read, over what was seen here beyond it', () => {
    const { progress, look, through } = opened()
    look(131, 150)
    progress.learn(120, 0)
    expect(through()).toBe(120)
    progress.learn(130, 0)
    expect(through()).toBe(150)
    progress.learn(140, 0)
    expect(through()).toBe(150)
  })

  it('goes back when it is marked as unread, and what stays on the screen does not read it again', () => {
    const { progress, look, through } = opened()
    look(95, 120)
    progress.learn(98, 1)
    expect(progress.get()).toMatchObject({ through: 98, isStale: true })
    look(95, 120)
    progress.learn(120, 0)
    expect(through()).toBe(98)
    progress.lookAway()
    look(95, 120)
    expect(progress.get()).toMatchObject({ through: 120, isStale: false })
  })

  it('takes the first revision that it hears of for the present one', () => {
    const progress = new ReadingProgress({ readLine: 100, lastShown: 100 })
    progress.learn(100, null)
    progress.look({ onScreen: { first: 90, last: 110 }, isSeen: true, lastLine: 110 })
    progress.learn(100, 7)
    expect(progress.get()).toMatchObject({ through: 110, isStale: false })
  })

  it('is all of it when somebody says so', () => {
    const { progress, look } = opened()
    look(95, 120)
    progress.learn(98, 1)
    progress.finish(300)
    expect(progress.get()).toMatchObject({ through: 300, isBehind: false, isStale: false })
  })

  it('changes nothing when nothing has changed', () => {
    const { progress, look } = opened()
    look(95, 110)
    const before = progress.get()
    look(95, 110)
    progress.learn(100, 0)
    progress.lookAway()
    expect(progress.get()).toBe(before)
  })
})
