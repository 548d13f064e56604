import { useLanguage } from '#platform/web'
import type { PictureFacts, PictureValue } from '../core/index.ts'

interface ShownPictureProps {
  picture: PictureValue
  /** absent: it is gone */
  facts: PictureFacts | undefined
  /** how wide it stands, as the browser's `sizes` */
  sizes: string
  /** it is in sight when the page opens */
  first?: boolean
  className?: string | undefined
}

/** A picture of a page in the width the browser has for it. Its place is kept before it comes. */
export function ShownPicture({ picture, facts, sizes, first = false, className }: ShownPictureProps) {
  const language = useLanguage()
  if (!facts) return null
  const { hash, width, height, widths } = facts
  return (
    <img
      className={className}
      src={pictureSource(hash, widths.at(-1)!)}
      srcSet={widths.map(one => `${pictureSource(hash, one)} ${one}w`).join(', ')}
      sizes={sizes}
      width={width}
      height={height}
      alt={picture.alt[language]}
      {...(first ? { fetchPriority: 'high' as const } : { loading: 'lazy' as const, decoding: 'async' as const })}
    />
  )
}

export const pictureSource = (hash: string, width: number): string => `/content/pictures/${hash}-${width}.webp`
