export type Variables = Readonly<Record<string, unknown>>

/** A constant, or a function of the variables. Constants are added up once, when the document is admitted. */
export type Amount = number | ((variables: Variables) => number)

export const valueOf = (amount: Amount, variables: Variables): number =>
  typeof amount === 'number' ? amount : amount(variables)

export function add(amounts: readonly Amount[]): Amount {
  let fixed = 0
  const varying: ((variables: Variables) => number)[] = []
  for (const amount of amounts) {
    if (typeof amount === 'number') fixed += amount
    else varying.push(amount)
  }
  if (varying.length === 0) return fixed
  return (variables) => varying.reduce((sum, amount) => sum + amount(variables), fixed)
}

export function multiply(one: Amount, other: Amount): Amount {
  if (typeof one === 'number' && typeof other === 'number') return one * other
  return (variables) => valueOf(one, variables) * valueOf(other, variables)
}
