import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { serve } from './serve.mjs'

/** The limit: `ws` sends the same bytes to everybody, event by event or joined into one write. */
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
let message = Buffer.alloc(0)
let frame = Buffer.alloc(0)

const frameOf = (payload) => {
  const header = payload.length < 126 ? Buffer.alloc(2) : Buffer.alloc(4)
  header[0] = 0x81
  header[1] = payload.length < 126 ? payload.length : 126
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}

await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve(
  {
    take: (text) => {
      message = Buffer.from(text)
      frame = frameOf(message)
    },
    emit: (events) => {
      for (let event = 0; event < events; event += 1) {
        for (const client of sockets.clients) client.send(message, { binary: false })
      }
    },
    emitJoined: (events) => {
      const joined = Buffer.concat(Array.from({ length: events }, () => frame))
      for (const client of sockets.clients) client._socket.write(joined)
    },
  },
  server.address().port,
)
