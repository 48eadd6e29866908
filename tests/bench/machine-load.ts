import { readdir, readFile } from 'node:fs/promises'

/** What the machine has worked since it started, in ticks: all of it, and this process with everything it started. */
export interface MachineWork {
  capacity: number
  busy: number
  own: number
}

/** Null where the system does not tell. */
export async function readMachineWork(): Promise<MachineWork | null> {
  try {
    const [all = ''] = (await readFile('/proc/stat', 'utf8')).split('\n')
    const ticks = all.split(/\s+/).slice(1, 9).map(Number)
    const capacity = ticks.reduce((sum, tick) => sum + tick, 0)
    const [, , , idle = 0, waiting = 0] = ticks
    return { capacity, busy: capacity - idle - waiting, own: await readOwnTicks() }
  } catch {
    return null
  }
}

/** The part of the machine that others took meanwhile; a figure from a run in which it is not near zero says nothing. */
export function shareOfOthers(from: MachineWork | null, to: MachineWork | null): number | null {
  if (from === null || to === null || to.capacity <= from.capacity) return null
  const others = to.busy - from.busy - (to.own - from.own)
  return Math.max(0, others) / (to.capacity - from.capacity)
}

async function readOwnTicks(): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(ids.map(readProcess))
  const known = new Map(found.flatMap((one) => (one === null ? [] : [[one.id, one]])))
  let own = 0
  for (const one of known.values()) {
    let at: typeof one | undefined = one
    while (at !== undefined && at.id !== process.pid) at = known.get(at.parent)
    if (at !== undefined) own += one.ticks
  }
  return own
}

async function readProcess(name: string): Promise<{ id: number; parent: number; ticks: number } | null> {
  const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  // Its name, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { id: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
}
