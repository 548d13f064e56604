/** What is on a nameplate as it is compared: case, width, spaces and dashes aside. */
export const plainKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—_./]+/gu, '')
