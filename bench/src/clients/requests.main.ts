import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { persisted } from './payloads.ts'
import { serve } from '../processes/child.ts'

export interface Load {
  readonly port: number
  readonly path: string
  /** By turns: users of the same operation. */
  readonly headers: readonly Record<string, string>[]
  readonly operationName: string
  readonly query: string
  /** The id of a trusted document, which is sent instead of the text. */
  readonly id?: string
  /** By turns. `"%turn%"` in them is replaced by the number of the request, so that no two are equal. */
  readonly variables: readonly object[]
  readonly atOnce: number
}

export interface Counted {
  readonly answered: number
  readonly milliseconds: number
}

const agent = new Agent({ keepAlive: true })
/** Goes on from load to load: no request is repeated. */
let turn = 0

async function ask(load: Load, at: number): Promise<string> {
  const variables = JSON.stringify(load.variables[at % load.variables.length]).replaceAll('"%turn%"', String(at))
  const named =
    load.id === undefined
      ? `"query":${JSON.stringify(load.query)}`
      : `"extensions":${JSON.stringify(persisted(load.id))}`
  const body = `{"operationName":"${load.operationName}",${named},"variables":${variables}}`
  const asking = request({
    host: '127.0.0.1',
    port: load.port,
    path: load.path,
    method: 'POST',
    agent,
    headers: {
      ...load.headers[at % load.headers.length],
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
    signal: AbortSignal.timeout(30_000),
  })
  asking.end(body)
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  return await text(response)
}

async function load({ load, windowMs }: { load: Load; windowMs: number }): Promise<Counted> {
  const started = performance.now()
  let answered = 0
  const lane = async (): Promise<void> => {
    while (performance.now() - started < windowMs) {
      turn += 1
      const answer = await ask(load, turn)
      if (answer.includes('"errors":[{') || !answer.includes('"data":')) throw new Error(answer.slice(0, 500))
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: load.atOnce }, lane))
  return { answered, milliseconds: performance.now() - started }
}

serve({ load, ask: ({ load, turn: at }: { load: Load; turn: number }) => ask(load, at) })
