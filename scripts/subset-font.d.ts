/** The part of subset-font 2.9 that scripts/fonts.ts uses. */
declare module 'subset-font' {
  interface SubsetOptions {
    targetFormat: 'truetype'
    keepFeatures: string[]
    noHinting: boolean
    dropTables: string[]
  }
  export default function subsetFont(
    font: Uint8Array,
    characters: string,
    options: SubsetOptions,
  ): Promise<Uint8Array>
}
