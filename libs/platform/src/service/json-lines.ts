import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** Reads a JSON Lines file, one value at a time, without validating the values. */
export async function* jsonLines<Value>(file: string): AsyncGenerator<Value, void> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
    if (line !== '') yield JSON.parse(line) as Value
}

export async function allJsonLines<Value>(file: string): Promise<Value[]> {
  const values: Value[] = []
  for await (const value of jsonLines<Value>(file)) values.push(value)
  return values
}
