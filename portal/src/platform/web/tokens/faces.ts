import text from '../../../../generated/fonts/text.woff2?url'

/** Font files every page needs at once: preloaded in the head. */
export const preloadedFaces: readonly string[] = [text]
