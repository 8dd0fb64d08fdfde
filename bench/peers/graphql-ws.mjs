import { createServer } from 'node:http'
import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { serve } from './serve.mjs'

/**
 * Stock graphql-ws without federation: the same operation over the same schema, executed for each subscriber, as it
 * does. Fields are read from the data of one event, by their names in the answer.
 */
let data = {}
let head = 0
const streams = new Set()

const streamOf = (first) => {
  const queue = [first]
  let wake = null
  const stream = {
    push: (event) => {
      queue.push(event)
      wake?.()
    },
    async next() {
      while (queue.length === 0) await new Promise((resolve) => (wake = resolve))
      return { done: false, value: queue.shift() }
    },
    async return() {
      streams.delete(stream)
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => stream,
  }
  streams.add(stream)
  return stream
}

function schemaOf(sdl) {
  const schema = buildSchema(sdl, { assumeValidSDL: true, assumeValid: true })
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || type.getFields === undefined) continue
    for (const field of Object.values(type.getFields()))
      field.resolve = (source, _args, _context, info) => source?.[info.path.key]
  }
  const { timeline } = schema.getSubscriptionType().getFields()
  timeline.subscribe = (_source, { after }) =>
    streamOf({ timeline: { ...data.timeline, events: after < head ? data.timeline.events : [], headSeq: head } })
  timeline.resolve = (event) => event.timeline
  return schema
}

const server = createServer()
let closed = 0
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve(
  {
    take: ({ sdl, sample }) => {
      data = JSON.parse(sample).payload.data
      head = data.timeline.headSeq
      const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false })
      // Without pings: it would cut off clients whose answer waits while it executes an event for thousands.
      useServer({ schema: schemaOf(sdl), onDisconnect: () => void (closed += 1) }, sockets, 0)
    },
    emit: (events) => {
      for (let event = 0; event < events; event += 1) {
        head += 1
        const timeline = { ...data.timeline, headSeq: head }
        for (const stream of streams) stream.push({ timeline })
      }
    },
    closed: () => closed,
  },
  server.address().port,
)
