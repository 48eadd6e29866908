/** What can go wrong between the desk and a server. */
export type Fault =
  /** `on: 'request'` (default) waits before forwarding; `on: 'answer'` forwards at once and holds the answer back. */
  | { kind: 'delay'; ms: number; on?: 'request' | 'answer' }
  /** The target does its work and answers; the client sees a broken connection. */
  | { kind: 'drop-answer' }
  /** The target never hears of it; the client sees a broken connection. */
  | { kind: 'drop-request' }
  /** An answer made here. With `forward` the target does its work first, so the status is a lie. */
  | {
      kind: 'status'
      status: number
      retryAfter?: number
      body?: string | object
      headers?: Record<string, string>
      forward?: boolean
    }
  /** Half of the body. `clean` (default) ends properly with broken JSON; `abort` breaks the connection in mid-body. */
  | { kind: 'truncate'; end?: 'clean' | 'abort' }
  /** The target does its work; the client gets what `change` makes of the answer's body. */
  | { kind: 'alter'; change: (body: string) => string }
  /** The target receives the request twice, one after the other; the client gets one of the answers. */
  | { kind: 'duplicate'; answer?: 'first' | 'second' }
