import { type ArgumentsHost, BadRequestException } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { HttpErrorFilter } from './http-error.filter'

function failed(isGone: boolean) {
  const seen = { status: 200, answers: [] as unknown[] }
  const reply = {
    sent: false,
    request: { id: 'request-1', socket: { destroyed: isGone } },
    code: (status: number) => {
      seen.status = status
      return reply
    },
    type: () => reply,
    send: (body: unknown) => seen.answers.push(body),
  } as unknown as FastifyReply
  const host = { switchToHttp: () => ({ getResponse: () => reply }) } as unknown as ArgumentsHost
  new HttpErrorFilter().catch(new BadRequestException(), host)
  return seen
}

test('a failed request is answered in the shape of a GraphQL error', () => {
  expect(failed(false)).toMatchObject({
    status: 400,
    answers: [{ errors: [{ extensions: { code: 'INVALID_INPUT' } }] }],
  })
})

test('no response is built for a closed connection', () => {
  expect(failed(true)).toEqual({ status: 400, answers: [] })
})
