/** A piece of the index as it is stored. */
export interface Part {
  name: string
  /** The same name always has the same bytes, so that they are written once. */
  fixed: boolean
  bytes: () => Uint8Array
}
