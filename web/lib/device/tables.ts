import { clear, createStore, del, entries, get, keys, set, type UseStore } from 'idb-keyval'

/** What this device keeps of one user, each in a database of its own. */
const names = {
  /** What is written and not sent. */
  outbox: 'items',
  /** Changes of messages that are not confirmed. */
  changes: 'changes',
  /** The list of conversations. */
  list: 'list',
  /** The last page of each conversation. */
  pages: 'pages',
} as const

export type TableName = keyof typeof names

/** Nothing here rejects: a browser without IndexedDB, as private windows of some, or with a full one, keeps nothing. */
export interface Table<Value> {
  get(key: string): Promise<Value | null>
  /** By key. */
  all(): Promise<readonly (readonly [key: string, value: Value])[]>
  count(): Promise<number>
  put(key: string, value: Value): Promise<void>
  remove(key: string): Promise<void>
}

/** One database per user, so that two users of one browser never see or send what is another's. */
export function tableOf<Value>(viewerId: string, name: TableName): Table<Value> {
  const store = storeOf(viewerId, name)
  return {
    get: async (key) => (await tolerated(() => get<Value>(key, store))) ?? null,
    all: async () => {
      const rows = (await tolerated(() => entries<string, Value>(store))) ?? []
      return rows.toSorted(([one], [other]) => (one < other ? -1 : 1))
    },
    count: async () => (await tolerated(() => keys(store)))?.length ?? 0,
    put: (key, value) => tolerated(() => set(key, value, store)),
    remove: (key) => tolerated(() => del(key, store)),
  }
}

/** Deletes what a user can read again from the server: the session is over. What is not sent stays. */
export const forgetCopies = (viewerId: string): Promise<void> => wipe(viewerId, ['list', 'pages'])

/** How many messages and changes of a user are not sent. */
export async function unsentCount(viewerId: string): Promise<number> {
  const counts = await Promise.all([tableOf(viewerId, 'outbox').count(), tableOf(viewerId, 'changes').count()])
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Deletes everything of a user. */
export const forgetAll = (viewerId: string): Promise<void> => wipe(viewerId, Object.keys(names) as TableName[])

async function wipe(viewerId: string, tables: readonly TableName[]): Promise<void> {
  // The chat that is being left keeps what it has seen last.
  await new Promise((resolve) => setTimeout(resolve))
  await Promise.all(tables.map((name) => tolerated(() => clear(storeOf(viewerId, name)))))
}

const storeOf = (viewerId: string, name: TableName): UseStore => createStore(`parley-${name}-${viewerId}`, names[name])

async function tolerated<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work()
  } catch {
    return undefined
  }
}
