/** What the connector takes for true of the API. Where a live account says otherwise, `survey` measures it and `read`
 *  notices it. */
export interface Fact {
  readonly id: string
  /** The fact, as a sentence. */
  readonly says: string
  /** Where it comes from. */
  readonly source: string
  /** What the connector does where it is false. */
  readonly otherwise: string
  /** The simulator's fault that makes it false, with an argument where it takes one. */
  readonly fault?: string
  /** The worlds of the simulator in which the fault shows, where it is not both. */
  readonly only?: 'documented'
}
