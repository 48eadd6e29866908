/** How a battery travels with the goods; `none` is a person's word that there is none. */
export const BATTERIES = [
  'none',
  'ion-inside',
  'ion-beside',
  'ion-alone',
  'metal-inside',
  'metal-beside',
  'metal-alone',
  'other',
] as const
export type Battery = (typeof BATTERIES)[number]

export interface BatteryPacking {
  /** Packing instruction of the ICAO Technical Instructions, e.g. `PI 967`. */
  instruction: string
  /** Number of the dangerous goods list, e.g. `UN3481`. */
  un: string
}

/** ICAO Technical Instructions, part 4, lithium batteries (IATA Lithium Battery Guidance Document 2022, "Classification"). */
const PACKINGS: Readonly<Partial<Record<Battery, BatteryPacking>>> = {
  'ion-alone': { instruction: 'PI 965', un: 'UN3480' },
  'ion-beside': { instruction: 'PI 966', un: 'UN3481' },
  'ion-inside': { instruction: 'PI 967', un: 'UN3481' },
  'metal-alone': { instruction: 'PI 968', un: 'UN3090' },
  'metal-beside': { instruction: 'PI 969', un: 'UN3091' },
  'metal-inside': { instruction: 'PI 970', un: 'UN3091' },
}

/** Null where no lithium battery travels. */
export function packingOf(battery: Battery): BatteryPacking | null {
  return PACKINGS[battery] ?? null
}
