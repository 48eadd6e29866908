/** Runs tasks with the same key one after another; different keys do not wait for each other. */
export type OneAtATime = <T>(key: string, task: () => Promise<T>) => Promise<T>

export function createOneAtATime(): OneAtATime {
  const tails = new Map<string, Promise<unknown>>()
  return (key, task) => {
    const before = tails.get(key) ?? Promise.resolve()
    const mine = before.then(task, task)
    const tail = mine.catch(() => undefined)
    tails.set(key, tail)
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key)
    })
    return mine
  }
}
