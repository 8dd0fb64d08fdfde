import { createServer } from 'node:http'
import { Cluster } from 'ioredis'
import { MongoClient } from 'mongodb'
import { WebSocketServer } from 'ws'
import { serve } from './serve.mjs'

/** The durable floor: socket, one durable write, Redis, and a broadcast. No less can keep a message and spread it. */
const { mongoUrl, redisNodes } = JSON.parse(process.argv[2])
const mongo = await new MongoClient(mongoUrl, { retryWrites: false }).connect()
const log = mongo.db('bench_floor').collection('log', { writeConcern: { w: 'majority', journal: true } })
await log.createIndex({ conversation: 1, seq: 1 }, { unique: true })
const nodes = redisNodes.map((node) => ({ host: node.split(':')[0], port: Number(node.split(':')[1]) }))
const [publisher, subscriber] = [new Cluster(nodes), new Cluster(nodes)]

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
let seq = 0
sockets.on('connection', (socket) => {
  socket.on('message', async (data) => {
    const text = data.toString()
    seq += 1
    await log.insertOne({ conversation: 'bench', seq, text })
    await publisher.publish('bench', text)
  })
})
subscriber.on('message', (_channel, text) => {
  const bytes = Buffer.from(text)
  for (const client of sockets.clients) client.send(bytes, { binary: false })
})
await subscriber.subscribe('bench')
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve({}, server.address().port)
