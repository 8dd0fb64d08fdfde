import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import { z } from 'zod'

/** An entry of schema/breaking-changes.yaml. */
const declaration = z.strictObject({
  change: z.string().min(1),
  at: z.string().min(1),
  reason: z.string().min(20, 'is a sentence that says why'),
  date: z.iso.date(),
})

const declarations = z.strictObject({ changes: z.array(declaration) })

export type Declaration = z.infer<typeof declaration>

/** Throws when an entry has no reason or no date. */
export const readDeclarations = (content: unknown): readonly Declaration[] => declarations.parse(content).changes

/** A change that can break a client, as graphql-inspector names it, and its place, such as `User.name`. */
export interface ApiChange {
  readonly change: string
  readonly at: string
  readonly message: string
}

export interface ApiChanges {
  readonly breaking: readonly ApiChange[]
  /** Correct clients go on, careless ones may not: a new value of an enum, for instance. */
  readonly dangerous: readonly ApiChange[]
}

/** The changes from one API schema to another. */
export async function apiChanges(before: string, after: string): Promise<ApiChanges> {
  const changes = await diff(buildSchema(before), buildSchema(after))
  const of = (level: CriticalityLevel) => changes.filter(({ criticality }) => criticality.level === level).map(named)
  return { breaking: of(CriticalityLevel.Breaking), dangerous: of(CriticalityLevel.Dangerous) }
}

const named = ({ type, path, message }: Change): ApiChange => ({ change: String(type), at: path ?? '', message })

const isSame = (one: Pick<ApiChange, 'change' | 'at'>, other: Pick<ApiChange, 'change' | 'at'>): boolean =>
  one.change === other.change && one.at === other.at

/** A sentence for each breaking change that is not declared, and for each declaration without a change. */
export const undeclared = (breaking: readonly ApiChange[], declared: readonly Declaration[]): readonly string[] => [
  ...breaking
    .filter((change) => !declared.some((entry) => isSame(entry, change)))
    .map(({ change, at, message }) => `breaks clients and is not declared: ${message} (change: ${change}, at: ${at})`),
  ...declared
    .filter((entry) => !breaking.some((change) => isSame(entry, change)))
    .map(({ change, at }) => `is declared and does not happen: ${change} at ${at}`),
]
