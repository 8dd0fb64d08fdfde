const json = 'application/json; charset=utf-8'
const graphqlJson = 'application/graphql-response+json; charset=utf-8'

/** What clients send as `accept` (without blanks), and what Apollo Server then chooses. */
const types: Readonly<Record<string, string>> = {
  '': json,
  '*/*': json,
  'application/json': json,
  'application/json,text/plain,*/*': json,
  'application/json;charset=utf-8': json,
  'application/graphql-response+json': graphqlJson,
  'application/graphql-response+json,application/json': graphqlJson,
  'application/graphql-response+json,application/json;q=0.9': graphqlJson,
  'application/graphql-response+json;charset=utf-8,application/json;charset=utf-8': graphqlJson,
}

/** The content type of an answer; undefined for a header that is left to Apollo Server. */
export const answerTypeFor = (accept: string | undefined): string | undefined =>
  types[(accept ?? '').replaceAll(' ', '')]

/** GraphQL over HTTP: a client of the older media type gets status 200 for a document that fails. */
export const asksForPlainJson = (accept: string): boolean =>
  accept.includes('application/json') && !accept.includes('application/graphql-response+json')
