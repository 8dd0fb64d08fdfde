import { fakeDevice } from '../testing/fake-storage'
import { Draft, draftOf } from './drafts'

describe('a draft', () => {
  it('is kept on the device until there is nothing in it', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const draft = draftOf('ada', 'kept')
    draft.set('Hello')
    expect([...kept.values()]).toEqual(['Hello'])
    draft.set('')
    expect(kept.size).toBe(0)
  })

  it('takes back what is to be changed, before what has been typed since', () => {
    fakeDevice(new Map())
    const draft = draftOf('ada', 'back')
    draft.putBack('first')
    expect(draft.get()).toBe('first')
    draft.putBack('earlier')
    expect(draft.get()).toBe('earlier\nfirst')
  })

  it('is kept with the message that it replies to, until both are sent', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const place = { line: 1, threadId: null, threadLine: null }
    const quote = { id: 'm1', version: 1, authorId: 'u1', text: 'Shall we?', deletedAt: null, ...place }
    const draft = draftOf('ada', 'reply')
    draft.set('Yes')
    draft.replyTo.set(quote)
    expect(new Draft('parley:draft:ada:reply').replyTo.get()).toEqual(quote)
    draft.clear()
    expect([draft.get(), draft.replyTo.get(), kept.size]).toEqual(['', null, 0])
  })

  it('keeps what it replies to as that is now, and never as it was', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const place = { line: 1, threadId: null, threadLine: null }
    const quote = { id: 'm1', version: 1, authorId: 'u1', text: 'Secret', deletedAt: null, ...place }
    const gone = { ...quote, version: 2, text: '', deletedAt: '2026-11-29T12:00:00Z' }
    const { replyTo } = draftOf('ada', 'renewed')
    replyTo.set(quote)
    replyTo.renew({ ...gone, id: 'm2' })
    expect(replyTo.get()).toEqual(quote)
    const other = new Draft('parley:draft:ada:renewed')
    replyTo.renew(gone)
    replyTo.renew(quote)
    expect(replyTo.get()).toEqual(gone)
    expect([...kept.values()].join()).not.toContain('Secret')
    other.reread()
    expect(other.replyTo.get()).toEqual(gone)
  })

  it('replies to nothing when what the device keeps is of another shape', () => {
    fakeDevice(
      new Map([
        ['parley:draft:ada:old:reply', '{"id":1}'],
        ['parley:draft:ada:torn:reply', '{"id'],
      ]),
    )
    expect([draftOf('ada', 'old').replyTo.get(), draftOf('ada', 'torn').replyTo.get()]).toEqual([null, null])
  })

  it('goes on with what another tab made of it, and is over when it was sent there', () => {
    const kept = new Map<string, string>()
    fakeDevice(kept)
    const place = { line: 1, threadId: null, threadLine: null }
    const quote = { id: 'm1', version: 1, authorId: 'u1', text: 'Shall we?', deletedAt: null, ...place }
    const [here, there] = [draftOf('ada', 'tabs'), new Draft('parley:draft:ada:tabs')]
    here.set('Hello')
    there.set('Hello there')
    there.replyTo.set(quote)
    here.reread()
    expect([here.get(), here.replyTo.get()]).toEqual(['Hello there', quote])
    there.clear()
    here.reread()
    expect([here.get(), here.replyTo.get()]).toEqual(['', null])
  })

  it('stays on the screen when the device is full', () => {
    const full = () => {
      throw new Error('QuotaExceededError')
    }
    fakeDevice(new Map())
    Object.assign(localStorage, { setItem: full })
    const draft = draftOf('ada', 'full')
    draft.set('Hello')
    draft.reread()
    expect(draft.get()).toBe('Hello')
  })
})
