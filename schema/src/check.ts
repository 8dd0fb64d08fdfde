import { type ApiChange, type ApiChanges, apiChanges, type Declaration, undeclared } from './breaking-changes.ts'
import { deprecationsIn, faultsOfDeprecations, removable } from './deprecations.ts'
import { deprecatedUses, faultsOfDocuments, type TrustedDocument } from './document-rules.ts'

/** A schema for clients as it was in the last release, and as it is today. */
export interface ApiVersions {
  readonly released: string
  readonly api: string
}

export interface ApiCheck extends ApiVersions {
  /** The parts of it that have clients of their own, such as the public API. */
  readonly contracts?: readonly ApiVersions[]
  /** Of the web client of today, and of the releases that are still in use. */
  readonly documents: readonly TrustedDocument[]
  readonly declared: readonly Declaration[]
  /** As in `2026-11-28`. */
  readonly today: string
}

export interface Finding {
  /** Each is a reason not to release. */
  readonly faults: readonly string[]
  /** Each is worth a look. */
  readonly notes: readonly string[]
}

/** What would harm clients when this schema takes the place of the released one. */
export async function checkApi(check: ApiCheck): Promise<Finding> {
  const { released, api, contracts = [], documents, declared, today } = check
  const versions: readonly ApiVersions[] = [check, ...contracts]
  const { breaking, dangerous } = together(
    await Promise.all(versions.map((version) => apiChanges(version.released, version.api))),
  )
  const deprecated = deprecationsIn(released)
  const announced = removable(deprecated, today)
  const unannounced = breaking.filter(({ change, at }) => !(change.endsWith('_REMOVED') && announced.has(at)))
  return {
    faults: [
      ...undeclared(unannounced, declared),
      ...faultsOfDeprecations(deprecationsIn(api), deprecated, today),
      ...faultsOfDocuments(documents, api),
    ],
    notes: [
      ...dangerous.map(({ message }) => `a careless client may fail: ${message}`),
      ...deprecatedUses(documents, api),
    ],
  }
}

/** A change of the API and of its contracts is one change. */
function together(all: readonly ApiChanges[]): ApiChanges {
  const once = (changes: readonly ApiChange[]) => [
    ...new Map(changes.map((change) => [`${change.change} ${change.at}`, change])).values(),
  ]
  return {
    breaking: once(all.flatMap(({ breaking }) => breaking)),
    dangerous: once(all.flatMap(({ dangerous }) => dangerous)),
  }
}
