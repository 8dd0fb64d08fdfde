/** A plan or a document has something that is left to the gateway package. */
export class Unusual extends Error {}

/** Compiled code reads properties by their names, which therefore must not be those of every JavaScript object. */
export function assertPlainName(name: string): void {
  if (name in Object.prototype) throw new Unusual(`The name ${name}`)
}
