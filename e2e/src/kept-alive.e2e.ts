import { keepAlive } from '@parley/launcher/keep-alive'
import type { Stack } from '@parley/launcher/stack'
import { eventually } from '@parley/testing/eventually'
import { stackTimeout, testStack } from './test-stack.ts'

let stack: Stack
const said: string[] = []
const stopped = new AbortController()
let keeping: Promise<void>

beforeAll(async () => {
  stack = await testStack()
  keeping = keepAlive(stack, stopped.signal, (line) => said.push(line))
}, stackTimeout)
afterAll(async () => {
  stopped.abort()
  await keeping
  await stack.stop()
}, stackTimeout)

/** A hang is detected after 25 to 35 s. */
const hangIsCertainMs = 60_000

test(
  'the launcher starts a service again that has died, and one that hangs, and leaves the others alone',
  async () => {
    const [dead, hung, well] = (['message', 'conversation', 'user'] as const).map((name) => {
      const service = stack.service(name)
      return { service, pid: Number(service.identity?.pid) }
    })
    if (dead === undefined || hung === undefined || well === undefined) throw new Error('A stack has three subgraphs')
    process.kill(dead.pid, 'SIGKILL')
    process.kill(hung.pid, 'SIGSTOP')
    await eventually(() => expect(said).toEqual(expect.arrayContaining(['message is back', 'conversation is back'])), {
      timeout: hangIsCertainMs,
    })
    expect(said).toContain(`message has stopped by itself and is started again; its log is ${dead.service.logFile}`)
    expect(said).toContain(`conversation no longer answers and is started again; its log is ${hung.service.logFile}`)
    for (const { service, pid } of [dead, hung]) {
      expect(service.identity?.pid).not.toBe(pid)
      await service.answers()
    }
    expect(well.service.identity?.pid).toBe(well.pid)
  },
  2 * hangIsCertainMs,
)
