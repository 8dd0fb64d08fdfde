import type { ApolloClient } from '@apollo/client'
import { failureOf } from '../graphql/errors'
import { IdFetcher } from '../id-fetcher'
import { PersonByIdDocument } from './__generated__/people'
import { people, type People, type Person } from './people'

export interface MissingPeopleOptions {
  readonly people: People
  /** Rejects with NOT_FOUND when there is no such account, and with another code when accounts are unavailable. */
  readonly load: (id: string) => Promise<Person | null>
  readonly wait?: (ms: number) => Promise<void>
}

/** Fetches people whose names were missing in an answer, with retries until accounts are available again. */
export class MissingPeople {
  readonly #fetcher: IdFetcher

  constructor(private readonly options: MissingPeopleOptions) {
    const { people: known, load, wait } = options
    this.#fetcher = new IdFetcher({
      fetch: async (id) => {
        const person = known.get().get(id) ?? (await load(id).catch(absentIsNull))
        if (person !== null) known.learn([person])
      },
      ...(wait === undefined ? {} : { wait }),
    })
  }

  /** Resolves when no person is missing any more. */
  want(id: string): Promise<void> {
    return this.options.people.get().has(id) ? Promise.resolve() : this.#fetcher.want(id)
  }
}

function absentIsNull(error: unknown): null {
  if (failureOf(error).code === 'NOT_FOUND') return null
  throw error
}

/** With the API as its source. */
export const missingPeopleOf = (apollo: ApolloClient): MissingPeople =>
  new MissingPeople({
    people,
    load: async (id) => {
      const { data } = await apollo.query({ query: PersonByIdDocument, variables: { id }, fetchPolicy: 'no-cache' })
      return data?.user ?? null
    },
  })
