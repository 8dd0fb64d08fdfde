import { DomainError } from '@parley/kernel/errors'

/** The largest page that can be requested. */
export const maxListed = 100

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/**
 * A page of a list after a cursor, or from its start without one. `read` is asked for one row more than the page has,
 * to see whether there is another page. Throws `INVALID_INPUT`, which calls the rows `what`, unless `first` is 1 to
 * 100.
 */
export async function readPage<Row>(
  what: string,
  { first, after }: { readonly first: number; readonly after: unknown },
  read: (limit: number) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  if (first < 1 || first > maxListed)
    throw new DomainError('input', 'INVALID_INPUT', `Ask for 1 to ${maxListed} ${what} at a time.`)
  const found = await read(first + 1)
  return {
    rows: found.slice(0, first),
    hasNextPage: found.length > first,
    // A cursor belongs to a row that was listed before this page.
    hasPreviousPage: after !== null,
  }
}
