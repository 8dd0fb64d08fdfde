import { readFileSync, writeFileSync } from 'node:fs'

/** One event of a conversation's timeline, as a client saw it. */
export interface Entry {
  readonly seq: number
  /** Its line in the list, if others have to read it; null for none. */
  readonly line: number | null
  /** The message's id; for any other event a value that is unique to it. */
  readonly id: string
  readonly actor: string
  /** Null for everything but messages. */
  readonly clientId: string | null
}

/** What clients did and saw. One operation is one line of JSON, so that a run can be stored and checked again. */
export type Operation =
  /** The server answered a send with success. */
  | { readonly op: 'acknowledged'; readonly conversation: string; readonly entry: Entry }
  /** From which seq on a user is a member: 0 for those who were there from the start. */
  | { readonly op: 'joined'; readonly conversation: string; readonly user: string; readonly seq: number }
  | { readonly op: 'left'; readonly conversation: string; readonly user: string; readonly seq: number }
  | {
      readonly op: 'opened'
      readonly stream: string
      readonly conversation: string
      readonly viewer: string
      readonly after: number
    }
  | { readonly op: 'delivered'; readonly stream: string; readonly entry: Entry }
  /** The run waited until this stream should have delivered everything up to `seq`. */
  | { readonly op: 'settled'; readonly stream: string; readonly seq: number }
  /** A whole history, read from 1 to the head, when all was quiet. */
  | {
      readonly op: 'read-back'
      readonly conversation: string
      readonly viewer: string
      readonly headSeq: number
      readonly entries: readonly Entry[]
    }
  /** The counts of an inbox or list, when all was quiet. */
  | {
      readonly op: 'unread'
      readonly conversation: string
      readonly viewer: string
      readonly readLine: number
      readonly unread: number
    }

export type OperationOf<Name extends Operation['op']> = Extract<Operation, { readonly op: Name }>

/** Collects operations in order of completion; stored as JSON lines for the analysis of a failed run. */
export class History {
  readonly operations: Operation[] = []

  record(operation: Operation): void {
    this.operations.push(operation)
  }

  save(file: string): void {
    writeFileSync(file, this.operations.map((operation) => `${JSON.stringify(operation)}\n`).join(''))
  }
}

export function readHistory(file: string): Operation[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Operation)
}

export const operationsOf = <Name extends Operation['op']>(
  history: readonly Operation[],
  name: Name,
): readonly OperationOf<Name>[] => history.filter((operation): operation is OperationOf<Name> => operation.op === name)
