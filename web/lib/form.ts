import type { UserErrorPartsFragment } from './graphql/__generated__/fragments'

/** The text of a named field; empty when the form has no such field. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Messages by field; those that concern no single field are under `form`. */
export type Problems = Readonly<Record<string, string>>

/** Errors that the user can correct, each at its field; `otherwise` when the server sent none. */
export function problemsByField(errors: readonly UserErrorPartsFragment[] | undefined, otherwise: string): Problems {
  if (errors === undefined || errors.length === 0) return { form: otherwise }
  return Object.fromEntries(errors.map((error) => ['field' in error ? error.field : 'form', error.message]))
}
