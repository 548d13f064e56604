declare module 'subset-font' {
  interface Cut {
    targetFormat?: 'sfnt' | 'woff' | 'woff2'
    noHinting?: boolean
    noLayoutClosure?: boolean
    /** OpenType features to keep; the usual ones unless given */
    keepFeatures?: readonly string[]
  }
  /** The font with only the glyphs that the text needs. */
  export default function subsetFont(font: Buffer, text: string, cut?: Cut): Promise<Buffer>
}
