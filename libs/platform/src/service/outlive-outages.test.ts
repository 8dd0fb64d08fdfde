import { EventEmitter } from 'node:events'
import { outliveOutages } from './outlive-outages'

function process_() {
  const exits: unknown[] = []
  const host = Object.assign(new EventEmitter(), { exit: (code?: unknown) => void exits.push(code) })
  outliveOutages(host as unknown as NodeJS.Process)
  return { host, exits }
}

describe.each(['uncaughtException', 'unhandledRejection'])('%s', (event) => {
  it.each([
    ['a connection that broke', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
    ['a cluster that is gone', Object.assign(new Error('None of startup nodes is available'), {})],
  ])('of %s is outlived', (_what, error) => {
    const { host, exits } = process_()
    host.emit(event, error)
    expect(exits).toEqual([])
  })

  it.each([
    ['a defect', new TypeError('undefined is not a function')],
    ['what is no error', 'text'],
  ])('of %s ends the process', (_what, error) => {
    const { host, exits } = process_()
    host.emit(event, error)
    expect(exits).toEqual([1])
  })
})
