import { isErrorCategory, isErrorCode } from '@parley/kernel/errors'
import { userErrorsOf } from '@parley/testing/client'
import type { GraphQLAnswer, GraphQLFailure } from '@parley/testing/client'

/** Words that would reveal how Parley is built. */
const internal = /node_modules|\bat .*:\d+:\d+|mongo|postgres|kafka|redis|ECONN|subgraph|stack|127\.0\.0\.1|undefined/i

const sentence = /^[A-Z].{10,}[.!?"]?$/s
const expectSentence = (message: string | undefined) => expect(message).toMatch(sentence)

/** One typed error with a message, and nothing internal in it. */
export function expectRefusal(errors: readonly GraphQLFailure[] | undefined, code: string): void {
  const [error] = errors ?? []
  expect(error?.extensions?.code).toBe(code)
  expectTyped(error)
  expect(JSON.stringify(errors)).not.toMatch(internal)
}

/** The same for errors that a person can correct: they are data in the payload, which has nothing else. */
export function expectMendable(answer: GraphQLAnswer<Record<string, object>>, code: string, field?: string): void {
  expect(answer.errors).toBeUndefined()
  const [payload] = Object.values(answer.data ?? {})
  const told = userErrorsOf(payload)
  expect(told).toEqual([{ code, message: expect.any(String) as string, ...(field === undefined ? {} : { field }) }])
  expect(isErrorCode(code)).toBe(true)
  expectSentence(told[0]?.message)
  expect(JSON.stringify(told)).not.toMatch(internal)
  expect(Object.values(payload ?? {}).filter((part) => part !== null)).toEqual([told])
}

/** What is wrong with the refusal of anything: nothing when it was done, or refused with typed errors that reveal nothing. */
export function harmIn({ data, errors = [] }: GraphQLAnswer<Record<string, unknown>>): readonly string[] {
  const told = [
    ...errors.map(({ message, extensions }) => ({ message, code: extensions?.code, category: extensions?.category })),
    // An error in a payload has no category: a person can mend it.
    ...Object.values(data ?? {})
      .flatMap(userErrorsOf)
      .map(({ message, code }) => ({ message, code, category: 'input' })),
  ]
  const isFine = ({ message, code, category }: (typeof told)[number]) =>
    isErrorCode(code) && code !== 'INTERNAL' && isErrorCategory(category) && sentence.test(message)
  return told.filter((one) => !isFine(one) || internal.test(JSON.stringify(one))).map((one) => JSON.stringify(one))
}

function expectTyped(error: GraphQLFailure | undefined): void {
  const extensions = error?.extensions
  expect(isErrorCategory(extensions?.category) && isErrorCode(extensions.code)).toBe(true)
  expectSentence(error?.message)
}
