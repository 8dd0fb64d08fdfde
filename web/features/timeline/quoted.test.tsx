import { randomUUID } from 'node:crypto'
import { renderToStaticMarkup } from 'react-dom/server'
import { people } from '../../lib/people/people'
import { ada, messageSent } from '../../testing/timeline-log'
import { ForwardedFrom } from './forwarded-from'
import { type Quote, quoteOf } from './model/events'
import { Quoted } from './quoted'

const quote = quoteOf(messageSent(1).message)
/** The words of what is rendered, in their order. */
const words = (change: Partial<Quote>) =>
  [...renderToStaticMarkup(<Quoted quote={{ ...quote, ...change }} />).matchAll(/>([^<]+)</g)].map(([, text]) => text)

describe('a quoted message', () => {
  beforeAll(() => people.learn([ada]))

  it('is its author and its text on one line, without marks', () => {
    expect(words({ text: '**Bold** move\n\n- one\n- two' })).toEqual(['Ada', 'Bold move • one • two'])
  })

  it('hides spoilers and names those whom it mentions', () => {
    expect(words({ text: `It was ||the butler||, <@${randomUUID()}>` })).toEqual(['Ada', 'It was •••••, @someone'])
  })

  it('says that it was deleted', () => {
    expect(words({ text: '', deletedAt: messageSent(2).at })).toEqual(['Ada', 'Message deleted'])
  })
})

it('a forwarded message names who wrote it, by the newest known name', () => {
  const html = renderToStaticMarkup(<ForwardedFrom id={ada.id} person={{ ...ada, displayName: 'A' }} />)
  expect(html).toContain('Forwarded from Ada')
})
