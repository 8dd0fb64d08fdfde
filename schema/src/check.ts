import { apiChanges, type Declaration, undeclared } from './breaking-changes.ts'
import { deprecationsIn, faultsOfDeprecations, removable } from './deprecations.ts'
import { deprecatedUses, faultsOfDocuments, type TrustedDocument } from './document-rules.ts'

export interface ApiCheck {
  /** The schema for clients of the last release, and the one of today. */
  readonly released: string
  readonly api: string
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
export async function checkApi({ released, api, documents, declared, today }: ApiCheck): Promise<Finding> {
  const { breaking, dangerous } = await apiChanges(released, api)
  const announced = removable(deprecationsIn(released), today)
  const unannounced = breaking.filter(({ change, at }) => !(change.endsWith('_REMOVED') && announced.has(at)))
  return {
    faults: [
      ...undeclared(unannounced, declared),
      ...faultsOfDeprecations(deprecationsIn(api), today),
      ...faultsOfDocuments(documents, api),
    ],
    notes: [
      ...dangerous.map(({ message }) => `a careless client may fail: ${message}`),
      ...deprecatedUses(documents, api),
    ],
  }
}
