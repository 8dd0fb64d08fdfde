import { buildSchema, NoDeprecatedCustomRule, parse, specifiedRules, validate, type ValidationRule } from 'graphql'
import { z } from 'zod'

/** A document of a persisted query manifest. */
export interface TrustedDocument {
  readonly id: string
  readonly name: string
  readonly body: string
}

const manifest = z.object({
  operations: z.array(z.object({ id: z.string(), name: z.string(), body: z.string() })),
})

export const documentsIn = (content: unknown): readonly TrustedDocument[] => manifest.parse(content).operations

/** What every trusted document must keep to, in any release; those of today also to `shared-streams.ts`. */
const rules: readonly ValidationRule[] = specifiedRules

/** A sentence for each fault of each document in this API. */
export function faultsOfDocuments(documents: readonly TrustedDocument[], api: string): readonly string[] {
  const schema = buildSchema(api)
  return documents.flatMap(({ name, body }) =>
    validate(schema, parse(body), rules).map(({ message }) => `the trusted document ${name} would fail: ${message}`),
  )
}

/** A sentence for each document that selects something deprecated. */
export function deprecatedUses(documents: readonly TrustedDocument[], api: string): readonly string[] {
  const schema = buildSchema(api)
  return documents.flatMap(({ name, body }) =>
    validate(schema, parse(body), [NoDeprecatedCustomRule]).map(
      ({ message }) => `the trusted document ${name} uses what is deprecated: ${message}`,
    ),
  )
}
