import { formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { metresOf } from '../core/index.ts'

/** Where something stands, in metres. */
export function usePlaceWords() {
  const t = useTexts('floorplans')
  const language = useLanguage()
  return (...at: Parameters<typeof metresOf>): string => {
    const { x, y } = metresOf(...at)
    return t('place', { x: formatNumber(x, language), y: formatNumber(y, language) })
  }
}
