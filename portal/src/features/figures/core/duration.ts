import { formatNumber, type Language, translate } from '#platform/core'

/** '45 s', '2.5 min', '6.5 h', '3 days', as a person says how long something took. seconds: 0 or more */
export function durationWords(seconds: number, language: Language): string {
  const [unit, size] =
    seconds < 90 ? ['s', 1] : seconds < 90 * 60 ? ['min', 60] : seconds < 48 * 3600 ? ['h', 3600] : ['d', 86_400]
  const value = seconds / (size as number)
  const shown = value < 10 && unit !== 's' ? Math.round(value * 10) / 10 : Math.round(value)
  return translate(language, `figures:duration.${unit}`, { value: formatNumber(shown, language) })
}
