import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { serve } from './serve.mjs'

/** The limit without durability: a message from one socket goes to all. */
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const client of sockets.clients) client.send(data, { binary: false })
  })
})
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve({}, server.address().port)
