/** What is being written after a sign that begins a name, as @ and :, and where the sign is. */
export interface CompletionQuery {
  readonly at: number
  readonly text: string
}
