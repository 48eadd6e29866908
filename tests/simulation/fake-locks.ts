import type { LocksLike } from '#renderer/platform/leader.ts'
import { turns } from '#tests/simulation/turns.ts'

interface Request {
  owner: object
  name: string
  held: () => Promise<void>
  end: (error?: Error) => void
}

/** Web Locks among the windows of one browser: first come, first served; who dies lets go. */
export class FakeLocks {
  /** Per name, the first holds it. */
  readonly #queues = new Map<string, Request[]>()

  /** The locks as one window sees them. */
  of(owner: object): LocksLike {
    return {
      request: (name, { signal }, held) =>
        new Promise((resolve, reject) => {
          const end = (error?: Error): void => (error === undefined ? resolve(undefined) : reject(error))
          const request: Request = { owner, name, held, end }
          const queue = this.#queueOf(name)
          queue.push(request)
          signal.addEventListener('abort', () => this.#giveUp(request), { once: true })
          if (queue[0] === request) void this.#grant(request)
        }),
    }
  }

  /** The window is gone: what it held goes to the next, what it waited for is forgotten. */
  release(owner: object): void {
    for (const queue of this.#queues.values())
      for (const request of queue.filter((each) => each.owner === owner)) this.#leave(request)
  }

  #queueOf(name: string): Request[] {
    const queue = this.#queues.get(name) ?? []
    this.#queues.set(name, queue)
    return queue
  }

  async #grant(request: Request): Promise<void> {
    await turns(1)
    if (this.#queueOf(request.name)[0] !== request) return
    await request.held()
    this.#leave(request)
    request.end()
  }

  #giveUp(request: Request): void {
    if (this.#queueOf(request.name)[0] === request) return
    this.#leave(request)
    request.end(new DOMException('given up', 'AbortError'))
  }

  #leave(request: Request): void {
    const queue = this.#queueOf(request.name)
    const place = queue.indexOf(request)
    if (place < 0) return
    queue.splice(place, 1)
    if (place === 0 && queue[0] !== undefined) void this.#grant(queue[0])
  }
}
