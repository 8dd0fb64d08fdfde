import type { ErrorLike } from '@apollo/client'
import { Failure, failureOf, sentenceOf } from './graphql/errors'
import { Store } from './store'

export interface ListPart<Node> {
  readonly nodes: readonly Node[]
  /** The cursor of what follows; null at the end. */
  readonly next: string | null
}

export interface ListSoFar<Node> {
  /** null until the first ones are there. */
  readonly nodes: readonly Node[] | null
  readonly hasMore: boolean
  /** More of it is on the way. Not while the shown ones are read again. */
  readonly isLoading: boolean
  /** Why the last read failed, for people. */
  readonly problem: string | null
}

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

/** What an answer has of a list. Throws why it has nothing. */
export function partOf<Node>(
  connection: Connection<Node> | null | undefined,
  error: ErrorLike | undefined,
): ListPart<Node> {
  if (!connection) throw error === undefined ? new Failure('state', 'NOT_FOUND') : failureOf(error)
  const { edges, pageInfo } = connection
  return { nodes: edges.map(({ node }) => node), next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null }
}

export const pageSize = 30
/** Of the API. */
export const largestPage = 100

/** A list that is read on when its reader asks for more, and read again as far as it is shown when it has changed. */
export class PagedList<Node> extends Store<ListSoFar<Node>> {
  #next: string | null = null
  /** As many as its reader has asked for. */
  #wanted = pageSize
  /** Answers to an earlier read are dropped. */
  #turn = 0
  #isRereading = false

  constructor(private readonly read: (first: number, after: string | null) => Promise<ListPart<Node>>) {
    super({ nodes: null, hasMore: false, isLoading: true, problem: null })
  }

  /** From its beginning; what is shown stays until all of it has been read, so that nothing jumps. */
  async reload(): Promise<void> {
    this.#isRereading = true
    await this.#load({ nodes: [], next: null })
  }

  async more(): Promise<void> {
    this.#wanted = (this.get().nodes?.length ?? 0) + pageSize
    this.#patch({ isLoading: true })
    if (this.#isRereading) await this.reload()
    else await this.#load({ nodes: this.get().nodes ?? [], next: this.#next })
  }

  /** Does not show them any more, before the server has confirmed it. */
  hide(isGone: (node: Node) => boolean): void {
    const { nodes } = this.get()
    if (nodes !== null) this.#patch({ nodes: nodes.filter((node) => !isGone(node)) })
  }

  /** Shows why something failed that was asked of one of them. */
  fail(error: unknown): void {
    this.#patch({ problem: sentenceOf(failureOf(error)) })
  }

  async #load(from: ListPart<Node>): Promise<void> {
    const turn = ++this.#turn
    try {
      const { nodes, next } = await this.#readOn(from, () => turn === this.#turn)
      if (turn !== this.#turn) return
      this.#isRereading = false
      this.#next = next
      this.#patch({ nodes, hasMore: next !== null, isLoading: false, problem: null })
    } catch (error) {
      if (turn !== this.#turn) return
      this.#isRereading = false
      this.#patch({ isLoading: false })
      this.fail(error)
    }
  }

  async #readOn({ nodes, next }: ListPart<Node>, isAsked: () => boolean): Promise<ListPart<Node>> {
    const first = Math.min(Math.max(this.#wanted - nodes.length, 1), largestPage)
    const part = await this.read(first, next)
    const sum = { nodes: [...nodes, ...part.nodes], next: part.next }
    const isEnough = sum.nodes.length >= this.#wanted || part.next === null || part.nodes.length === 0
    return isEnough || !isAsked() ? sum : this.#readOn(sum, isAsked)
  }

  #patch(change: Partial<ListSoFar<Node>>): void {
    this.set({ ...this.get(), ...change })
  }
}
