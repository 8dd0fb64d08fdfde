import { Follower } from './follower.ts'
import type { Place } from './follower.ts'

interface Control {
  readonly ctrl?: { readonly id?: string; readonly code: number; readonly text: string; readonly topic?: string }
}

type Receive = (payload: Buffer) => void

/** Users of Tinode in one group topic, each with an account and a socket of their own. */
export class TinodeCrowd {
  readonly #members: Member[] = []
  #topic = ''
  #sent = 0

  static async join(place: Place, count: number, receive: Receive): Promise<TinodeCrowd> {
    const crowd = new TinodeCrowd()
    for (let index = 0; index < count; index += 1) {
      const member = new Member(place, receive)
      await member.open()
      await member.ask({ hi: { ver: '0.25', ua: 'bench' } })
      const secret = Buffer.from(`bench${Date.now()}x${index}:password`).toString('base64')
      await member.ask({
        acc: { user: 'new', scheme: 'basic', secret, login: true, desc: { public: { fn: `P${index}` } } },
      })
      const create = { topic: 'new', set: { desc: { public: { fn: 'Bench' }, defacs: { auth: 'JRWPS', anon: 'N' } } } }
      const { topic } = await member.ask({ sub: index === 0 ? create : { topic: crowd.#topic } })
      if (index === 0) crowd.#topic = topic ?? ''
      crowd.#members.push(member)
    }
    return crowd
  }

  send(content: string): void {
    this.#sent += 1
    const member = this.#members[this.#sent % this.#members.length]
    member?.tell({ pub: { topic: this.#topic, content } })
  }

  /** Resolves when the server has accepted it, which it does after it has stored it. */
  async sendAcknowledged(sender: number, content: string): Promise<void> {
    await this.#members[sender % this.#members.length]?.ask({ pub: { topic: this.#topic, content } })
  }
}

class Member {
  readonly #place: Place
  readonly #receive: Receive
  readonly #waiting = new Map<string, PromiseWithResolvers<{ topic?: string }>>()
  #socket: Follower | null = null
  #asked = 0

  constructor(place: Place, receive: Receive) {
    this.#place = place
    this.#receive = receive
  }

  async open(): Promise<void> {
    const status = await new Promise<number>((opened) => {
      this.#socket = new Follower(this.#place, {}, { opened, message: (payload) => this.#take(payload) })
    })
    if (status !== 101) throw new Error(`Tinode answers ${status}`)
  }

  tell(message: object): void {
    this.#socket?.send(JSON.stringify(message))
  }

  async ask(message: Record<string, object>): Promise<{ topic?: string }> {
    this.#asked += 1
    const id = String(this.#asked)
    const answer = Promise.withResolvers<{ topic?: string }>()
    this.#waiting.set(id, answer)
    const [[name, body] = ['', {}]] = Object.entries(message)
    this.tell({ [name]: { id, ...body } })
    return answer.promise
  }

  #take(payload: Buffer): void {
    if (payload.includes('{"ctrl"')) {
      const { ctrl } = JSON.parse(payload.toString()) as Control
      const waiting = this.#waiting.get(ctrl?.id ?? '')
      if (ctrl === undefined || waiting === undefined) return
      if (ctrl.code >= 400) waiting.reject(new Error(`Tinode: ${ctrl.code} ${ctrl.text}`))
      else waiting.resolve(ctrl.topic === undefined ? {} : { topic: ctrl.topic })
    } else this.#receive(payload)
  }
}
