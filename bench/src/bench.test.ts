import { cleaningUp, commandOf, isQuick } from './bench.ts'

describe('the end of a bench', () => {
  it('stops everything, last first, and then says what failed', async () => {
    const stopped: string[] = []
    const owner = (name: string, fault?: string) => ({
      stop() {
        stopped.push(name)
        if (fault !== undefined) throw new Error(fault)
      },
    })
    const work = cleaningUp((cleanup) => {
      for (const one of [owner('first'), owner('second', 'It hangs'), owner('third', 'It is gone')]) cleanup.add(one)
      return Promise.resolve()
    })
    await expect(work).rejects.toThrow(/It is gone.*It hangs/)
    expect(stopped).toEqual(['third', 'second', 'first'])
  })
})

describe('what is checked in of a run', () => {
  it.each(['only', 'window', 'rounds', 'warmup', 'cooldown', 'clients', 'events'])(
    'is marked as quick with --%s',
    (option) => {
      expect(isQuick({ only: '', clients: '', [option]: '1' })).toBe(true)
    },
  )

  it('is not marked when nothing was given, or only where to write', () => {
    expect(isQuick({ only: '', clients: '', ...{ samples: 'some/file', artifacts: 'some/folder' } })).toBe(false)
  })

  it('shows no places of this machine', () => {
    const args = ['bystander', '--samples', '/home/me/my samples', '--rounds', '3', '--artifacts=/home/me/out']
    expect(commandOf(args)).toBe('npm run bench -- bystander --rounds 3')
    expect(commandOf(['sends', '--samples=/home/me/x', '--artifacts', '/home/me/y'])).toBe('npm run bench -- sends')
  })
})
