/** Requests that clients name, so that one that is sent again does nothing again. */

export interface NamedRequest {
  /** Keyed hash of who asks and the name they gave it. */
  readonly id: string
  /** Keyed hash of all that was asked. */
  readonly content: string
  /** Of this attempt alone: whoever claimed a request may end it. */
  readonly claim: string
  /** When it is forgotten. */
  readonly until: number
}

/** Without an answer while it runs. */
export interface KnownRequest extends Pick<NamedRequest, 'content'> {
  /** Encrypted. */
  readonly answer?: Uint8Array
}

export interface RequestStore {
  /** Claims it, and answers nothing; or what is known of it, if it was begun before and is not forgotten `now`. */
  beginRequest(request: NamedRequest, now: number): Promise<KnownRequest | undefined>
  /** Keeps what it was answered. Changes nothing where somebody else has claimed it since. */
  endRequest(
    request: Pick<NamedRequest, 'id' | 'claim' | 'until'> & { readonly answer: Uint8Array },
  ): Promise<void>
  /** Nothing was done: it may be begun again. */
  dropRequest(request: Pick<NamedRequest, 'id' | 'claim'>): Promise<void>
  /** Forgets what is over, and of more than `most` those that would be over first; how many that were. */
  expireRequests(options: { now: number; most: number }): Promise<number>
}
