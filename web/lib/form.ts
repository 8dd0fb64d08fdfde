import type { UserErrorPartsFragment } from './graphql/__generated__/fragments'

/** The text of a named field; empty when the form has no such field. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Sentences by the field that they are about; those about none of them stand under `form`. */
export type Problems = Readonly<Record<string, string>>

/** What a person can mend, each beside its field; `otherwise` when the server did not say. */
export function problemsByField(errors: readonly UserErrorPartsFragment[] | undefined, otherwise: string): Problems {
  if (errors === undefined || errors.length === 0) return { form: otherwise }
  return Object.fromEntries(errors.map((error) => ['field' in error ? error.field : 'form', error.message]))
}
